import type { Migration } from '../migrate.ts';

/** Names of what sources report, in the words that are used everywhere else. */
export const migration: Migration = {
  name: '053-reported-calls',
  statements: [
    'alter table activity_told_calls rename to activity_call_reports',
    'alter index activity_told_calls_key rename to activity_call_reports_key',
    'alter table activity_rule_heads rename column told to announced',
    'alter table account_ids rename column told_at to reported_at',
  ],
};
