-- grain: one row an account; twins have an own number and the telephone of another account
select
  'AC' || (10000000 + id) as account_id,
  case dirt
    when $dirt_spaces then '  ' || $cities[city + 1] || ' ' || $stems[stem + 1] || ' '
    when $dirt_twin then $cities[city + 1] || '市' || $stems[stem + 1]
    else coalesce($cities[city + 1] || $stems[stem + 1], '')
  end
  || case kind
    when 1 then $surnames[person // 1000 + 1] || $given_names[person % 1000 + 1]
    else $company_words[industry + 1] || $company_suffixes[alike % 5 + 1]
  end as name,
  $kinds[kind + 1] as kind,
  $businesses[business + 1] as business,
  case when dirt <> $dirt_missing_industry then $industries[industry + 1] end as industry,
  $size_bands[size + 1] as size_band,
  case when employees >= 0 then cast(employees as varchar) end as employees,
  case when founded >= 0 then cast(founded as varchar) end as founded_year,
  case when revenue >= 0 then cast(revenue as varchar) || '0000.00' end as annual_revenue,
  'CNY' as currency,
  '中国' as country,
  case when dirt = $dirt_spelled_region then $regions[city + 1] || '地区' else $regions[city + 1] end as region,
  case when dirt <> $dirt_missing_state then $states[city + 1] end as state,
  $cities[city + 1] as city,
  $states[city + 1] || $cities[city + 1] || $streets[street + 1] || (1 + id * 37 % 299) || '号' as address,
  case
    when dirt <> $dirt_missing_phone
      then cast(15400000000 + (50000000 + cast(alike as bigint)) * 48271 % 99999989 as varchar)
  end as phone,
  case kind when 1 then 'u' || id || '@example.com' else 'info@c' || alike || '.example.com' end as email,
  $agents[owner + 1] as owner,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as created_at
from sample_codes_accounts
