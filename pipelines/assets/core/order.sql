-- key: core.order
-- grain: _source, order_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  order_id,
  subject_id,
  account_id,
  contact_id,
  opportunity_id,
  business,
  status,
  channel,
  category,
  price_band,
  payment_method,
  country,
  region,
  state,
  city,
  items,
  amount_minor,
  currency,
  ordered_at,
  approved_at,
  shipped_at,
  delivered_at,
  promised_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.order
qualify row_number() over (partition by _source, coalesce(order_id, _event_id::varchar) order by ordered_at desc nulls last, _event_id) = 1
