-- key: core.opportunity
-- grain: _source, opportunity_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  opportunity_id,
  subject_id,
  account_id,
  contact_id,
  product_id,
  name,
  stage,
  equipment_class,
  amount_minor,
  currency,
  probability,
  owner,
  opened_at,
  expected_close_at,
  closed_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.opportunity
qualify row_number() over (partition by _source, coalesce(opportunity_id, _event_id::varchar) order by opened_at desc nulls last, _event_id) = 1
