-- key: feature.decision_edge
-- grain: _event_id, relation
-- One row for each relation that a touch shows: who is active in which stage, how long the customer took before it, and
-- who decides on which class of equipment. The unit of privacy is the account.
with touch as (
  select
    subject_id,
    case trim(contact_role)
      when '决策人' then '决策者'
      when '技术评估人' then '技术评估'
      when '采购部' then '采购'
      when '财务部' then '财务'
      when '最终用户' then '使用者'
      when '维保' then '设备维护'
      when '安全合规部' then '安全合规'
      else trim(contact_role)
    end as role,
    case trim(stage)
      when '线索' then '线索确认'
      when '需求调研中' then '需求调研'
      when '方案' then '方案设计'
      when '技术评审会' then '技术评审'
      when '招标' then '招标比价'
      when '谈判' then '商务谈判'
      when '签约' then '合同签订'
      when '验收' then '交付验收'
      else trim(stage)
    end as stage,
    case
      when gap_days is null then null
      when gap_days <= 1 then '1天内'
      when gap_days <= 3 then '2-3天'
      when gap_days <= 7 then '4-7天'
      when gap_days <= 14 then '8-14天'
      when gap_days <= 30 then '15-30天'
      else '30天以上'
    end as delay,
    equipment_class,
    occurred_at,
    _lic,
    _event_id
  from core.interaction
  where business = 'equipment'
)
select subject_id, '角色→阶段' as relation, role as source, stage as target, occurred_at, _lic, _event_id
from touch
where role is not null and stage is not null
union all
select subject_id, '阶段→间隔' as relation, stage as source, delay as target, occurred_at, _lic, _event_id
from touch
where stage is not null and delay is not null
union all
select subject_id, '角色→设备' as relation, role as source, equipment_class as target, occurred_at, _lic, _event_id
from touch
where role is not null and equipment_class is not null
