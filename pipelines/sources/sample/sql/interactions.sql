-- grain: one row a call, chat, e-mail, visit or web event
select
  'IX' || (100000000 + id) as interaction_id,
  case when dirt <> $dirt_missing_subject then 'AC' || (10000000 + account) end as account_id,
  case when contact >= 0 then 'CT' || (10000000 + contact) end as contact_id,
  case when opportunity >= 0 then 'OP' || (10000000 + opportunity) end as opportunity_id,
  case when order_id >= 0 then 'OR' || (100000000 + order_id) end as order_id,
  case when ticket >= 0 then 'TK' || (10000000 + ticket) end as ticket_id,
  case when subscription >= 0 then 'SB' || (10000000 + subscription) end as subscription_id,
  $businesses[business + 1] as business,
  case
    when dirt = $dirt_spelled_channel then $interaction_channel_variants[channel + 1]
    else $interaction_channels[channel + 1]
  end as channel,
  $directions[direction + 1] as direction,
  case dirt
    when $dirt_missing_role then null
    when $dirt_spelled_role then $role_variants[role + 1]
    when $dirt_spaces then ' ' || $roles[role + 1] || ' '
    else $roles[role + 1]
  end as contact_role,
  case dirt
    when $dirt_spelled_stage then $stage_variants[stage + 1]
    when $dirt_spaces then $stages[stage + 1] || ' '
    else $stages[stage + 1]
  end as stage,
  $product_classes[product + 1] as equipment_class,
  case when gap >= 0 then cast(gap as varchar) end as days_since_touch,
  case when duration >= 0 then cast(duration as varchar) end as duration_seconds,
  $agents[agent + 1] as agent,
  case
    when dirt = $dirt_format_time then strftime(cast($origin as timestamp) + to_seconds(moment), '%Y/%-m/%-d %H:%M')
    else cast(cast($origin as timestamp) + to_seconds(moment) as varchar)
  end as occurred_at,
  cast(cast($origin as timestamp) + to_seconds(received) as varchar) as received_at,
  case
    when dirt <> $dirt_missing_text
      then
        $interaction_prefixes[channel + 1]
        || $openers[opener + 1]
        || $phrase_heads[phrase + 1]
        || $product_names[product + 1]
        || $phrase_tails[phrase + 1]
        || $closers[closer + 1]
        || case
          when person >= 0
            then
              '我是'
              || $surnames[person // 1000 + 1]
              || $given_names[person % 1000 + 1]
              || '，电话'
              || 15400000000
              + (case when contact >= 0 then contact else 50000000 + cast(account as bigint) end) * 48271 % 99999989
              || '。'
          else ''
        end
  end as text
from sample_codes_interactions
