import { csv } from './text.ts';

type Rows = Parameters<typeof csv>[0];

/** Writes tables with the headings of one export, so that a case gives the rows alone. */
const below =
  (...headings: readonly string[]) =>
  (rows: Rows, options?: Parameters<typeof csv>[1]): string =>
    csv([headings, ...rows], options);

/** The states of actions, as somebody copies them from the console. */
export const connectorTable = below('Connector', 'Action', 'Permission');
/** The members as the console exports them. */
export const memberTable = below('Name', 'Email', 'Role', 'Seat Tier', 'Status');
/** Who acknowledged which document when, as a form keeps it. */
export const acknowledgementTable = below('Full name', 'Work email', 'Document', 'Acknowledged on');
/** Use by person and period, as the console exports it. */
export const usageTable = below('User email', 'Product', 'Model', 'total_requests', 'Start date', 'End date');
/** The accounts of a domain in short. */
export const accountTable = below('Email', 'Plan', 'In organization', 'Created');
/** The accounts of a domain as the console exports them. */
export const membershipTable = below(
  'Email address',
  'Organization',
  'Plan type',
  'In organization',
  'Created at',
);
export const staffTable = below('Full name', 'Work email', 'Department', 'Status', 'Last day');
