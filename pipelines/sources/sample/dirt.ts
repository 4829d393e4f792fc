/**
 * The dirt of the sample: for each stream the share of rows with one kind of it; a row has at most one kind.
 * A kind's code is its position from 1; 0 is a clean row. SQL names a kind as `$dirt_<kind>`.
 *
 * doubled       the export holds the row twice, under the same key
 * twin          another account number for the company before it: same telephone, name written a little differently
 * late          the CRM got to know of it 1 to 30 days afterwards
 * missing_x     field x is empty
 * spelled_x     field x is in the other spelling of `vocabulary`
 * spaces        stray blanks around a text field
 * format_time   the main time reads 2026/3/5 14:02 instead of 2026-03-05 14:02:11
 * format_amount the amount reads ¥12,345.60 instead of 12345.60
 * not_a_number  an answer reads "4分" or "N/A" instead of 4
 */
export const dirt = {
  accounts: {
    doubled: 0.003,
    twin: 0.01,
    missing_phone: 0.03,
    missing_industry: 0.03,
    missing_state: 0.01,
    spelled_region: 0.015,
    spaces: 0.01,
    format_time: 0.005
  },
  contacts: { doubled: 0.003, missing_role: 0.04, missing_phone: 0.04, spelled_role: 0.02, spaces: 0.01 },
  leads: { doubled: 0.004, missing_phone: 0.08, missing_channel: 0.03, spaces: 0.01, format_time: 0.005 },
  opportunities: {
    doubled: 0.003,
    missing_amount: 0.04,
    missing_contact: 0.03,
    spelled_stage: 0.015,
    format_amount: 0.01,
    format_time: 0.005
  },
  orders: {
    doubled: 0.004,
    missing_subject: 0.002,
    missing_state: 0.02,
    missing_channel: 0.015,
    spelled_region: 0.015,
    spaces: 0.005,
    format_amount: 0.005,
    format_time: 0.003
  },
  order_lines: { doubled: 0.002, missing_quantity: 0.004, missing_product: 0.004, format_amount: 0.003 },
  subscriptions: {
    doubled: 0.003,
    missing_usage: 0.03,
    missing_maturity: 0.06,
    not_a_number: 0.02,
    format_time: 0.005
  },
  tickets: {
    doubled: 0.003,
    missing_category: 0.03,
    missing_contact: 0.02,
    spelled_priority: 0.02,
    spaces: 0.01,
    format_time: 0.004
  },
  interactions: {
    doubled: 0.005,
    late: 0.02,
    missing_subject: 0.002,
    missing_role: 0.02,
    missing_text: 0.008,
    spelled_role: 0.01,
    spelled_stage: 0.008,
    spelled_channel: 0.01,
    spaces: 0.01,
    format_time: 0.003
  }
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>

export type DirtyStream = keyof typeof dirt
