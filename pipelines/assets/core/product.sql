-- key: core.product
-- grain: _source, product_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  product_id,
  name,
  business,
  category,
  series,
  unit,
  list_price_minor,
  currency,
  weight_g,
  launched_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.product
qualify row_number() over (partition by _source, coalesce(product_id, _event_id::varchar) order by launched_at desc nulls last, _event_id) = 1
