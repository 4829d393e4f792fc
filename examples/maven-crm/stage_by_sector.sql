-- key: subject_id, industry, stage
-- grain: one row for each account and stage that it has an opportunity in
select distinct
  deal.subject_id,
  customer.industry,
  deal.stage
from core.opportunity as deal
join core.account as customer
  on customer._source = deal._source
  and customer.account_id = deal.account_id
where deal._source = 'maven'
