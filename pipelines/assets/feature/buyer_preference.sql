-- key: feature.buyer_preference
-- grain: _event_id, dimension
-- What cross-border buyers of each region choose: one row for each dimension of an order that was not cancelled.
with purchase as (
  select
    subject_id,
    regexp_replace(trim(region), '(地区|大区|区)$', '') as region,
    category,
    price_band,
    channel,
    amount_minor,
    ordered_at,
    _lic,
    _event_id
  from core.order
  where business = 'commerce' and status is distinct from '已取消' and currency = 'CNY'
)
select subject_id, region, '品类' as dimension, category as choice, amount_minor, ordered_at, _lic, _event_id
from purchase
where region is not null and category is not null
union all
select subject_id, region, '价格带' as dimension, price_band as choice, amount_minor, ordered_at, _lic, _event_id
from purchase
where region is not null and price_band is not null
union all
select subject_id, region, '渠道' as dimension, channel as choice, amount_minor, ordered_at, _lic, _event_id
from purchase
where region is not null and channel is not null
