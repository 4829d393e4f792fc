-- key: order_id
-- grain: one row for each order, with the person who placed it
-- An order names a customer record; the person and the state stand there.
select
  buyer.subject_id,
  buyer.state,
  purchase.order_id,
  purchase.ordered_at
from core."order" as purchase
join core.account as buyer
  on buyer._source = purchase._source
  and buyer.account_id = purchase.account_id
where purchase._source = 'olist'
