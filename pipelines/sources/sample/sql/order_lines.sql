-- grain: one row a line of an order
select
  'OR' || (100000000 + order_id) as order_id,
  cast(line as varchar) as line_number,
  'AC' || (10000000 + account) as account_id,
  case when dirt <> $dirt_missing_product then 'PD' || (1001 + product) end as product_id,
  $product_categories[product + 1] as category,
  case when dirt <> $dirt_missing_quantity then cast(quantity as varchar) end as quantity,
  case
    when dirt = $dirt_format_amount then '¥' || format('{:,.2f}', unit_price / 100)
    else cast(cast(unit_price as decimal(10, 0)) * cast(0.01 as decimal(3, 2)) as varchar)
  end as unit_price,
  case when line = 1 then cast(cast(freight as decimal(10, 0)) * cast(0.01 as decimal(3, 2)) as varchar) else '0.00' end
    as freight,
  cast(
    cast(cast(unit_price as bigint) * quantity as decimal(12, 0)) * cast(0.01 as decimal(3, 2)) as varchar
  ) as amount,
  'CNY' as currency,
  cast(cast($origin as timestamp) + to_seconds(moment) as varchar) as ordered_at
from sample_codes_order_lines
