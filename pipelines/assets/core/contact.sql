-- key: core.contact
-- grain: _source, contact_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  contact_id,
  subject_id,
  account_id,
  name,
  role,
  title,
  phone,
  email,
  created_at,
  _source,
  _lic,
  _subj,
  _event_id
from conform.contact
qualify row_number() over (partition by _source, coalesce(contact_id, _event_id::varchar) order by created_at desc nulls last, _event_id) = 1
