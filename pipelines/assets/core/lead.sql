-- key: core.lead
-- grain: _source, lead_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  lead_id,
  subject_id,
  account_id,
  opportunity_id,
  company_name,
  name,
  phone,
  email,
  channel,
  interest,
  status,
  region,
  score,
  created_at,
  converted_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.lead
qualify row_number() over (partition by _source, coalesce(lead_id, _event_id::varchar) order by created_at desc nulls last, _event_id) = 1
