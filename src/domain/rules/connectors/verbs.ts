import { list } from '../../text/list.ts';
import { inEnglishForms } from './action-languages.ts';
import { actionWords } from './spelling.ts';

/** Verbs that change stored data or send something, as the first word of an action's name. */
const CHANGES = new Set(
  list(
    `create, update, edit, modify, write, upsert, merge, set, assign, unassign, archive, unarchive, restore, import,
    upload, move, copy, duplicate, rename, tag, untag, enroll, unenroll, register, unregister, add, insert, change,
    replace, overwrite, append, approve, reject, cancel, renew, schedule, reschedule, book, charge, refund, pay, bill, invoice,
    post, publish, unpublish, send, invite, reply, forward, submit, delete, remove, purge, destroy, deactivate,
    activate, disable, enable, grant, revoke, subscribe, unsubscribe, convert, void, patch, put`,
  ),
);
/** Words next to which the first one may be a noun: "archive search", "update history", "invoice list". */
const READING_VERBS = new Set(
  list(
    `search, list, view, get, read, find, fetch, look, lookup, query, browse, show, preview, count, check, history, log,
    report, status, summary, detail, date, type, statistic, stat, metric, by, of`,
  ),
);

/**
 * Whether an action's name says that it changes or sends something: it begins with such a verb, followed by an object.
 * Any other name leaves its effect open.
 */
export function namesChange(action: string): boolean {
  return beginsWith(CHANGES, action);
}

/** Of these verbs, those that never begin the name of something that only reads. */
const NEVER_READS = new Set(
  list('delete, remove, purge, destroy, send, forward, publish, invite, grant, revoke'),
);

/** Whether an action cannot be one that only reads, as its name says that it deletes, sends or gives rights. */
export function cannotBeRead(action: string): boolean {
  return beginsWith(NEVER_READS, action);
}

function beginsWith(verbs: ReadonlySet<string>, action: string): boolean {
  const words = actionWords(action);
  const [verb, ...object] = inEnglishForms(words)[0] ?? words;
  return (
    verb !== undefined &&
    verbs.has(verb) &&
    object.length > 0 &&
    !object.some((word) => READING_VERBS.has(word))
  );
}
