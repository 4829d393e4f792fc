import type { Migration } from "#core/records/migrate.ts"

const appendOnly = (table: string): string => `
  create trigger ${table}_stays before update on ${table} begin select raise(abort, 'append-only'); end;
  create trigger ${table}_is_kept before delete on ${table} begin select raise(abort, 'append-only'); end;
`

/**
 * Where each product is in its life, and every step that brought it there with who took it on which evidence. A product of which no row speaks
 * is a draft.
 */
export const lifeMigrations: ReadonlyArray<Migration> = [
  {
    id: "life-0001",
    // What a home has on sale when it meets this step stays on sale: it was registered under the earlier rule, by nobody in particular.
    sql: `
      create table product_life (
        product text primary key references product (name),
        state text not null check (state in ('draft', 'assessed', 'registered', 'listed', 'suspended', 'deprecated', 'retired')),
        since text not null, requested_by text, requested_at text, successor text, ends_on text
      ) strict;
      create index product_life_state on product_life (state);
      create table assessment (
        digest text primary key, product text not null references product (name), version_id text not null references product_version (id),
        at text not null, document text not null
      ) strict;
      create table product_transition (
        seq integer primary key, product text not null references product (name), from_state text not null, to_state text not null,
        decided_by text not null, requested_by text, reason text not null, version_id text references product_version (id),
        evidence text references assessment (digest), at text not null, rule text not null check (rule in ('gates', 'earlier'))
      ) strict;
      create index product_transition_product on product_transition (product, seq);
      create table version_contract (
        version_id text primary key references product_version (id), contract text not null,
        level text not null check (level in ('first', 'breaking', 'minor', 'patch')), reasons text not null
      ) strict;
      create table version_hold (
        version_id text primary key references product_version (id), since text not null, requested_by text, requested_at text,
        decided_by text, lifted_at text, evidence text references assessment (digest)
      ) strict;
      create view version_on_sale as
        select * from product_version v where status = 'listed'
          and not exists (select 1 from version_hold h where h.version_id = v.id and h.lifted_at is null);
      create table evidence_file (
        digest text primary key, name text not null, bytes blob not null, at text not null
      ) strict;
      create table evidence_attachment (
        evidence text primary key references index_evidence (id), digest text not null references evidence_file (digest)
      ) strict;
      insert into product_life (product, state, since)
        select name, 'listed', since from product where reference is not null;
      insert into product_transition (product, from_state, to_state, decided_by, requested_by, reason, version_id, evidence, at, rule)
        select name, 'registered', 'listed', 'earlier-rule', null,
          'Listed before products had a life: as soon as they were released', null, null, since, 'earlier'
        from product where reference is not null;
      ${appendOnly("assessment")}
      ${appendOnly("product_transition")}
      ${appendOnly("version_contract")}
    `
  }
]
