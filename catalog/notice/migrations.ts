import type { Migration } from "#core/records/migrate.ts"

/** What buyers were told, and what was sent to the addresses that they gave. */
export const noticeMigrations: ReadonlyArray<Migration> = [
  {
    id: "notice-0001",
    sql: `
      create table notice (
        id text primary key, seq integer not null unique, buyer text not null, kind text not null, product text not null,
        version text, at text not null, text text not null, facts text not null, read_at text
      ) strict;
      create index notice_buyer on notice (buyer, seq);
      create table webhook (
        id text primary key, buyer text not null, url text not null, kinds text not null, secret text not null,
        created_at text not null, removed_at text
      ) strict;
      create table webhook_message (
        id text primary key, webhook text not null references webhook (id), body text not null, created_at text not null,
        next_at text, attempts integer not null, state text not null check (state in ('waiting', 'delivered', 'given up'))
      ) strict;
      create index webhook_message_due on webhook_message (state, next_at);
      create table webhook_attempt (
        id text primary key, message text not null references webhook_message (id), at text not null, status integer,
        outcome text not null, problem text
      ) strict;
    `
  },
  {
    id: "notice-0002",
    // Secrets follow from the home key and the id of a webhook, so that the records alone sign nothing. Recalls of before are in the inbox too.
    sql: `
      alter table webhook drop column secret;
      insert into notice (id, seq, buyer, kind, product, version, at, text, facts)
        select r.id, row_number() over (order by r.at, r.id), o.buyer, 'recall', v.product, v.version, r.at,
          json_object('zh', v.product || ' ' || v.version || ' 已召回：请停止使用并删除。',
            'en', v.product || ' ' || v.version || ' was called back: stop using it and delete it.'),
          json_object('demand', 'stop-and-delete', 'order', r.order_id, 'recall', r.id)
        from recall_notice r join buyer_order o on o.id = r.order_id join product_version v on v.id = r.version_id;
    `
  }
]
