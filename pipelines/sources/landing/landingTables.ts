import { licenceTables } from "#privacy/consent/guard/licenceTables.ts"

/**
 * What the house keeps about raw data, next to it in the warehouse so that one transaction covers both. Statements may be run
 * at every start.
 */
export const landingTables = `
${licenceTables}
create table if not exists _assay.raw_column (
  source varchar not null,
  stream varchar not null,
  name varchar not null,
  original varchar not null,
  generation integer not null
);
create table if not exists _assay.loaded_file (
  ordinal uinteger not null,
  source varchar not null,
  stream varchar not null,
  file varchar not null,
  bytes bigint not null,
  modified_nanos varchar not null,
  sha256 varchar not null,
  settings varchar not null,
  batch varchar not null,
  good_rows bigint not null,
  bad_rows bigint not null,
  loaded_at timestamp not null
);
create table if not exists raw.quarantine (
  source varchar not null,
  stream varchar not null,
  file varchar not null,
  line bigint not null,
  reason varchar not null,
  length bigint not null,
  bytes blob not null,
  batch varchar not null,
  quarantined_at timestamp not null
);
`
