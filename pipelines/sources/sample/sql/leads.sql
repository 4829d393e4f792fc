-- grain: one row a lead
select
  'LD' || (10000000 + id) as lead_id,
  'AC' || (10000000 + account) as account_id,
  case when opportunity >= 0 then 'OP' || (10000000 + opportunity) end as opportunity_id,
  case when dirt = $dirt_spaces then '  ' else '' end
  || $cities[city + 1] || $stems[stem + 1] || $company_words[industry + 1] as company_name,
  $surnames[person // 1000 + 1] || $given_names[person % 1000 + 1] as name,
  case
    when dirt <> $dirt_missing_phone
      then cast(15400000000 + (60000000 + cast(id as bigint)) * 48271 % 99999989 as varchar)
  end as phone,
  'lead' || id || '@c' || account || '.example.com' as email,
  case when dirt <> $dirt_missing_channel then $lead_channels[channel + 1] end as channel,
  $product_categories[product + 1] as interest,
  $lead_statuses[status + 1] as status,
  $regions[city + 1] as region,
  cast(score as varchar) as score,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as created_at,
  case when converted >= 0 then cast(cast($origin as timestamp) + to_seconds(converted) as varchar) end as converted_at
from sample_codes_leads
