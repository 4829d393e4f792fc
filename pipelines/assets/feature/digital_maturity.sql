-- key: feature.digital_maturity
-- grain: subject_id
-- One row for each firm that ever subscribed: its latest subscription, how it is used, and what it answered about its digital maturity.
-- The unit of privacy is the account, and an account has one row.
with firm as (
  select
    account_id,
    max(industry) as industry,
    max(size_band) as size_band,
    list(distinct _lic) as _lics
  from core.account
  group by account_id
),

latest as (
  select
    *,
    row_number() over (partition by subject_id order by started_at desc, subscription_id) as place
  from core.subscription
  where subject_id is not null
)

select
  latest._event_id,
  list_concat([latest._lic], coalesce(firm._lics, [])) as _lics,
  latest.subject_id,
  trim(firm.industry) as industry,
  trim(firm.size_band) as size_band,
  latest.plan,
  latest.status,
  latest.billing_period,
  latest.seats,
  latest.active_users,
  latest.logins_30d,
  latest.modules_used,
  latest.maturity_strategy,
  latest.maturity_process,
  latest.maturity_data,
  latest.maturity_people,
  latest.maturity_tools,
  latest.maturity_security
from latest
left join firm on firm.account_id = latest.account_id
where latest.place = 1
