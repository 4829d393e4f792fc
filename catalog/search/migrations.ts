import type { Migration } from "#core/records/migrate.ts"

/** The index holds terms only; what is shown is read from the versions. */
export const searchMigrations: ReadonlyArray<Migration> = [
  {
    id: "search-0001",
    sql: `
      create table search_product (
        id integer primary key, product text not null unique references product (name), version_id text not null,
        price_minor integer not null, as_of text not null, listed_at text not null
      ) strict;
      create index search_product_price on search_product (price_minor);
      create index search_product_as_of on search_product (as_of);
      create virtual table search_text using fts5 (
        title, columns, rest, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61'
      );
      create table search_facet (
        facet text not null, value text not null, product_id integer not null, primary key (facet, value, product_id)
      ) strict, without rowid;
      create index search_facet_product on search_facet (product_id, facet);
    `
  },
  {
    id: "search-0002",
    // Products that are indexed already come in again with the first search of the day, now with the facets that they lacked.
    sql: `
      alter table search_product add column tradability real;
      alter table search_product add column kind text not null default 'dp_aggregate';
      alter table search_product add column price_band text not null default '';
      alter table search_product add column freshness_band text not null default '';
      alter table search_product add column tradability_band text;
      create index search_product_tradability on search_product (tradability);
      delete from search_facet; delete from search_text; delete from search_product;
    `
  }
]
