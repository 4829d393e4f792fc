-- key: core.interaction
-- grain: _source, interaction_id
-- Of records that share a key the newest stands; the others stay in raw and are counted by the check unique_key.
select
  interaction_id,
  subject_id,
  account_id,
  contact_id,
  opportunity_id,
  order_id,
  ticket_id,
  subscription_id,
  business,
  channel,
  direction,
  contact_role,
  stage,
  equipment_class,
  gap_days,
  duration_seconds,
  agent,
  occurred_at,
  received_at,
  text,
  _source,
  _lic,
  _subj,
  _event_id
from conform.interaction
qualify row_number() over (partition by _source, coalesce(interaction_id, _event_id::varchar) order by occurred_at desc nulls last, _event_id) = 1
