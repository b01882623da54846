import { csv } from './text.ts';

type Rows = Parameters<typeof csv>[0];

/** Writes tables with one export's headings, so that cases give only the rows. */
const below =
  (...headings: readonly string[]) =>
  (rows: Rows, options?: Parameters<typeof csv>[1]): string =>
    csv([headings, ...rows], options);

/** Permissions of actions, as someone copies them from the console. */
export const connectorTable = below('Connector', 'Action', 'Permission');
/** The members as the console exports them. */
export const memberTable = below('Name', 'Email', 'Role', 'Seat Tier', 'Status');
/** Acknowledgments of documents with their days, as a form stores them. */
export const acknowledgementTable = below('Full name', 'Work email', 'Document', 'Acknowledged on');
/** Usage by person and period, as the console exports it. */
export const usageTable = below('User email', 'Product', 'Model', 'total_requests', 'Start date', 'End date');
/** A domain's accounts, abridged. */
export const accountTable = below('Email', 'Plan', 'In organization', 'Created');
/** A domain's accounts as the console exports them. */
export const membershipTable = below(
  'Email address',
  'Organization',
  'Plan type',
  'In organization',
  'Created at',
);
export const staffTable = below('Full name', 'Work email', 'Department', 'Status', 'Last day');
