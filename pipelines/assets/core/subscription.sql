-- key: core.subscription
-- grain: _source, subscription_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  subscription_id,
  subject_id,
  account_id,
  product_id,
  plan,
  status,
  billing_period,
  amount_minor,
  currency,
  seats,
  active_users,
  logins_30d,
  modules_used,
  storage_mb,
  maturity_strategy,
  maturity_process,
  maturity_data,
  maturity_people,
  maturity_tools,
  maturity_security,
  started_at,
  renews_at,
  ended_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.subscription
qualify row_number() over (partition by _source, coalesce(subscription_id, _event_id::varchar) order by started_at desc nulls last, _event_id) = 1
