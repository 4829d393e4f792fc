-- grain: one row a subject that was asked; lists are parted by semicolons
select
  'GR' || (10000000 + id) as grant_id,
  'AC' || (10000000 + account) as account_id,
  $grant_actions[profile + 1] as actions,
  $grant_purposes[profile + 1] as purposes,
  $grant_recipients[profile + 1] as recipients,
  'consent' as basis,
  'notice-zh-1' as notice,
  'E1' as evidence,
  cast(cast($origin as timestamp) + to_seconds(moment) as varchar) as granted_at,
  cast(cast(cast($origin as timestamp) + to_seconds(expires) as date) as varchar) as expires_at
from sample_codes_grants
