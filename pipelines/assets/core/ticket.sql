-- key: core.ticket
-- grain: _source, ticket_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  ticket_id,
  subject_id,
  account_id,
  contact_id,
  product_id,
  business,
  category,
  subcategory,
  status,
  priority,
  impact,
  urgency,
  channel,
  assignment_group,
  reassignments,
  satisfaction,
  opened_at,
  updated_at,
  resolved_at,
  closed_at,
  text,
  _source,
  _lic,
  _subj,
  _event_id
from conform.ticket
qualify row_number() over (partition by _source, coalesce(ticket_id, _event_id::varchar) order by updated_at desc nulls last, opened_at desc nulls last, _event_id) = 1
