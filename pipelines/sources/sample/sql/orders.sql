-- grain: one row an order; the amount is the sum of its lines, without freight
select
  'OR' || (100000000 + id) as order_id,
  case when dirt <> $dirt_missing_subject then 'AC' || (10000000 + account) end as account_id,
  case when contact >= 0 then 'CT' || (10000000 + contact) end as contact_id,
  case when opportunity >= 0 then 'OP' || (10000000 + opportunity) end as opportunity_id,
  $businesses[business + 1] as business,
  $order_statuses[status + 1] as status,
  case when dirt <> $dirt_missing_channel then $order_channels[channel + 1] end as channel,
  case when dirt = $dirt_spaces then ' ' || $product_categories[product + 1] || ' ' else $product_categories[product + 1] end
    as category,
  $price_bands[
    1
    + cast(amount >= 10000 as integer)
    + cast(amount >= 30000 as integer)
    + cast(amount >= 80000 as integer)
    + cast(amount >= 200000 as integer)
  ] as price_band,
  $payments[payment + 1] as payment_method,
  '中国' as country,
  case when dirt = $dirt_spelled_region then $regions[city + 1] || '地区' else $regions[city + 1] end as region,
  case when dirt <> $dirt_missing_state then $states[city + 1] end as state,
  $cities[city + 1] as city,
  cast(items as varchar) as items,
  case
    when dirt = $dirt_format_amount then '¥' || format('{:,.2f}', amount / 100)
    else cast(cast(amount as decimal(10, 0)) * cast(0.01 as decimal(3, 2)) as varchar)
  end as amount,
  'CNY' as currency,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as ordered_at,
  case when approved >= 0 then cast(cast($origin as timestamp) + to_seconds(approved) as varchar) end as approved_at,
  case when shipped >= 0 then cast(cast($origin as timestamp) + to_seconds(shipped) as varchar) end as shipped_at,
  case when delivered >= 0 then cast(cast($origin as timestamp) + to_seconds(delivered) as varchar) end as delivered_at,
  cast(cast(cast($origin as timestamp) + to_seconds(promised) as date) as varchar) as promised_at
from sample_codes_orders
