-- grain: one row a product; the list is the same in every sample
select
  'PD' || (1000 + i) as product_id,
  $product_names[i] as name,
  $businesses[$product_businesses[i] + 1] as business,
  $product_categories[i] as category,
  $product_series[i] as series,
  $product_units[i] as unit,
  cast(cast($product_prices[i] as decimal(10, 0)) * cast(0.01 as decimal(3, 2)) as varchar) as list_price,
  'CNY' as currency,
  cast($product_weights[i] as varchar) as weight_g,
  cast(cast(cast($origin as timestamp) - to_days(cast(i * 17 % 900 as integer)) as date) as varchar) as launched_at
from (select unnest(range(1, len($product_names) + 1)) as i)
