-- grain: one row a subscription; maturity answers are on a scale of 1 to 5
select
  'SB' || (10000000 + id) as subscription_id,
  'AC' || (10000000 + account) as account_id,
  'PD' || (1001 + product) as product_id,
  $plans[(product - $first_software) % 3 + 1] as plan,
  $subscription_statuses[status + 1] as status,
  $billing_periods[period + 1] as billing_period,
  cast(cast(amount as decimal(10, 0)) * cast(0.01 as decimal(3, 2)) as varchar) as amount,
  'CNY' as currency,
  cast(seats as varchar) as seats,
  case when dirt <> $dirt_missing_usage then cast(active as varchar) end as active_users,
  case when dirt <> $dirt_missing_usage then cast(logins as varchar) end as logins_30d,
  cast(modules as varchar) as modules_used,
  cast(storage as varchar) as storage_mb,
  case
    when dirt = $dirt_missing_maturity and id % 6 = 0 then null
    when dirt = $dirt_not_a_number and id % 6 = 0 then 'N/A'
    else cast(strategy as varchar)
  end as maturity_strategy,
  case
    when dirt = $dirt_missing_maturity and id % 6 = 1 then null
    when dirt = $dirt_not_a_number and id % 6 = 1 then process || '分'
    else cast(process as varchar)
  end as maturity_process,
  case
    when dirt = $dirt_missing_maturity and id % 6 = 2 then null
    when dirt = $dirt_not_a_number and id % 6 = 2 then data || '分'
    else cast(data as varchar)
  end as maturity_data,
  case
    when dirt = $dirt_missing_maturity and id % 6 = 3 then null
    when dirt = $dirt_not_a_number and id % 6 = 3 then 'N/A'
    else cast(people as varchar)
  end as maturity_people,
  case
    when dirt = $dirt_missing_maturity and id % 6 = 4 then null
    when dirt = $dirt_not_a_number and id % 6 = 4 then tools || '分'
    else cast(tools as varchar)
  end as maturity_tools,
  case
    when dirt = $dirt_missing_maturity and id % 6 = 5 then null
    when dirt = $dirt_not_a_number and id % 6 = 5 then security || '分'
    else cast(security as varchar)
  end as maturity_security,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as started_at,
  case when renews >= 0 then cast(cast(cast($origin as timestamp) + to_seconds(renews) as date) as varchar) end as renews_at,
  case when ended >= 0 then cast(cast($origin as timestamp) + to_seconds(ended) as varchar) end as ended_at
from sample_codes_subscriptions
