import type { Migration } from "#core/records/migrate.ts"

export const lineageMigrations: ReadonlyArray<Migration> = [
  {
    id: "lineage-0001",
    sql: `
      create table lineage_event (
        seq integer primary key autoincrement, hash text not null unique, at text not null, event_time text not null,
        type text, run text, job_namespace text, job text, body text not null
      ) strict;
      create index lineage_event_job on lineage_event (job, seq);
      create index lineage_event_run on lineage_event (run, seq);
    `
  }
]
