-- grain: one row an opportunity, in the stage it has reached
select
  'OP' || (10000000 + id) as opportunity_id,
  'AC' || (10000000 + account) as account_id,
  case when dirt <> $dirt_missing_contact then 'CT' || (10000000 + contact) end as contact_id,
  'PD' || (1001 + product) as product_id,
  '采购' || $product_names[product + 1] as name,
  case when dirt = $dirt_spelled_stage then $stage_variants[stage + 1] else $stages[stage + 1] end as stage,
  $product_categories[product + 1] as equipment_class,
  case
    when dirt = $dirt_missing_amount then null
    when dirt = $dirt_format_amount then '¥' || format('{:,.2f}', amount / 100)
    else cast(cast(amount as decimal(10, 0)) * cast(0.01 as decimal(3, 2)) as varchar)
  end as amount,
  'CNY' as currency,
  cast(probability as varchar) as probability,
  $agents[owner + 1] as owner,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as opened_at,
  cast(cast(cast($origin as timestamp) + to_seconds(planned) as date) as varchar) as expected_close_at,
  case when closed >= 0 then cast(cast($origin as timestamp) + to_seconds(closed) as varchar) end as closed_at
from sample_codes_opportunities
