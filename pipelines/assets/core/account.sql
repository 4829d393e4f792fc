-- key: core.account
-- grain: _source, account_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  account_id,
  subject_id,
  name,
  kind,
  business,
  industry,
  size_band,
  employees,
  founded_year,
  revenue_minor,
  currency,
  country,
  region,
  state,
  city,
  address,
  phone,
  email,
  parent_account_id,
  owner,
  created_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.account
qualify row_number() over (partition by _source, coalesce(account_id, _event_id::varchar) order by created_at desc nulls last, _event_id) = 1
