/**
 * What the warehouse knows of licences, in a schema that the statements of assets cannot name. Statements may be run at every start.
 *
 * `licence` has a row for each subject and declared terms (`declared`, 0 where it was made), and one for each combination of licences that a
 * row was made from (`parts`). `terms` are those in force: 1 and up are declared by sources, `grantTerms` and up granted, `derivedTerms` and
 * up intersections. `state`: 0 active, 1 frozen, 2 withdrawn, 3 erased. Ordinal 0 is no licence.
 */
export const licenceTables = `
create schema if not exists _base;
create schema if not exists _guard;
create table if not exists _assay.licence (ordinal uinteger not null, terms varchar not null);
create table if not exists _base.subject (subj uinteger not null, id varchar not null);
create table if not exists _base.licence (
  lic uinteger not null, subj uinteger, declared uinteger not null, terms uinteger not null, nbf bigint not null, exp bigint not null,
  state utinyint not null, evidence utinyint not null, grant_digest varchar, parts uinteger[]
);
create table if not exists _base.rule (
  terms uinteger not null, prohibits boolean not null, actions bigint not null, purposes bigint not null,
  recipients bigint not null, categories bigint not null
);
alter table _base.rule add column if not exists limits varchar;
alter table _base.rule add column if not exists onward boolean;
alter table _base.rule add column if not exists territory varchar[];
alter table _base.rule add column if not exists min_k bigint default 0;
alter table _base.rule add column if not exists max_epsilon bigint default 9007199254740991;
create table if not exists _base.compiled (terms uinteger not null, of uinteger[]);
create table if not exists _base.binding (batch varchar not null, asset varchar not null, row_count bigint not null, root varchar not null, logged boolean not null);
create table if not exists _base.synced (epoch bigint not null, lic uinteger not null);
`

/** Where the numbers of granted terms begin. */
export const grantTerms = 2 ** 30
/** Where the numbers of intersections begin. */
export const derivedTerms = 2 ** 31
