-- key: core.order_line
-- grain: _source, order_id, line_number
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  order_id,
  line_number,
  subject_id,
  product_id,
  category,
  quantity,
  unit_price_minor,
  freight_minor,
  amount_minor,
  currency,
  ordered_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.order_line
qualify row_number() over (partition by _source, order_id, line_number order by ordered_at desc nulls last, _event_id) = 1
