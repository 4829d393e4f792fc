-- grain: one row a contact of a company
select
  'CT' || (10000000 + id) as contact_id,
  'AC' || (10000000 + account) as account_id,
  case when dirt = $dirt_spaces then ' ' else '' end
  || $surnames[person // 1000 + 1]
  || case when dirt = $dirt_spaces then ' ' else '' end
  || $given_names[person % 1000 + 1] as name,
  case
    when dirt = $dirt_missing_role then null
    when dirt = $dirt_spelled_role then $role_variants[role + 1]
    else $roles[role + 1]
  end as role,
  $titles[role + 1] as title,
  case
    when dirt <> $dirt_missing_phone then cast(15400000000 + cast(id as bigint) * 48271 % 99999989 as varchar)
  end as phone,
  'p' || id || '@c' || account || '.example.com' as email,
  cast(cast($origin as timestamp) + to_seconds(moment) as varchar) as created_at
from sample_codes_contacts
