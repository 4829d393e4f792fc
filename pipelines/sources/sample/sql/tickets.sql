-- grain: one row a ticket in its last state
select
  'TK' || (10000000 + id) as ticket_id,
  'AC' || (10000000 + account) as account_id,
  case when contact >= 0 and dirt <> $dirt_missing_contact then 'CT' || (10000000 + contact) end as contact_id,
  'PD' || (1001 + product) as product_id,
  $businesses[business + 1] as business,
  case when dirt <> $dirt_missing_category then $ticket_categories[category + 1] end as category,
  $ticket_subcategories[subcategory + 1] as subcategory,
  $ticket_statuses[status + 1] as status,
  case when dirt = $dirt_spelled_priority then $priority_variants[priority + 1] else $priorities[priority + 1] end as priority,
  $levels[impact + 1] as impact,
  $levels[urgency + 1] as urgency,
  $interaction_channels[channel + 1] as channel,
  $groups[grp + 1] as assignment_group,
  cast(reassignments as varchar) as reassignments,
  case when satisfaction > 0 then cast(satisfaction as varchar) end as satisfaction,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as opened_at,
  cast(cast($origin as timestamp) + to_seconds(updated) as varchar) as updated_at,
  case when resolved >= 0 then cast(cast($origin as timestamp) + to_seconds(resolved) as varchar) end as resolved_at,
  case when closed >= 0 then cast(cast($origin as timestamp) + to_seconds(closed) as varchar) end as closed_at,
  case when dirt = $dirt_spaces then '  ' else '' end
  || $openers[opener + 1]
  || $phrase_heads[phrase + 1]
  || $product_names[product + 1]
  || $phrase_tails[phrase + 1]
  || $closers[closer + 1] as text
from sample_codes_tickets
