import { z } from 'zod';
import type { ApiKeyRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { absent, because } from '../outcome.ts';
import { keysMade } from './api-key-makers.ts';
import { approvedKeysChanged, keysChanged, keysUsed } from './api-keys-used.ts';
import { widenedKeys, widenedWords } from './api-keys-widened.ts';

/** A key can read what the organization writes, so each has an owner who approved it. Inactive keys are ignored. */
export const apiKeysKnown = defineRule({
  name: 'api-keys-known',
  about:
    'Every active API key is approved in the charter by id or name, and none is past its expiry and still active. One that may do more than by an earlier list, since when its approval is the same, is asked about. Keys without an expiry date are named.',
  failsFromPart: ['api_keys'],
  params: z.strictObject({}),
  decide(context) {
    const { charter, today } = context;
    const keys = context.read('api_keys');
    if (!keys.ok) return absent(keys).cannotRead(keys.howToGet);
    const approved = charter.ok ? charter.value.approvedApiKeys : undefined;
    if (!charter.ok || !approved)
      return askCharter(
        context,
        'approvedApiKeys',
        'which API keys are approved',
        'their ids or names; an empty list is a valid answer',
      );
    const known = new Set(approved.map((text) => text.trim().toLowerCase()));
    const isKnown = (key: ApiKeyRow) =>
      known.has(key.id.toLowerCase()) || (key.name !== null && known.has(key.name.trim().toLowerCase()));
    const list = charter.cite('approvedApiKeys', count(approved.length, 'approved key'));
    const evidence = [...keys.evidence, list];
    const isListed = (id: string) => known.has(id) || keys.rows.some((key) => key.id.toLowerCase() === id);
    const label = (key: ApiKeyRow) => key.name ?? key.id;
    const nameOf = (key: ApiKeyRow) => key.name?.trim().toLowerCase() ?? key.id;
    const wrong = keys.rows.flatMap((key): Item[] => {
      if (key.active !== true) return [];
      const faults = [
        ...(isKnown(key)
          ? []
          : [
              `Not approved in the charter${key.createdOn ? `, created on ${dayWords(key.createdOn)}` : ''}.`,
            ]),
        ...(key.expiresOn !== null && key.expiresOn < today
          ? [`Expired on ${dayWords(key.expiresOn)} and still active.`]
          : []),
      ];
      return faults.length > 0
        ? [
            {
              key: key.id.toLowerCase() || label(key).toLowerCase(),
              label: label(key),
              detail: faults.join(' '),
              evidence: [keys.cite(key, key.scopes.join(', ') || 'no scopes given')],
            },
          ]
        : [];
    });
    const active = keys.rows.filter((key) => key.active !== false);
    const endless = active.filter((key) => key.expiresOn === null);
    const expiry =
      endless.length > 0
        ? ` ${names(endless.map(label))} ${verb(endless.length, 'has', 'have')} no expiry date.`
        : '';
    const unsure = keys.rows.filter(
      (key) => key.active === null && (!isKnown(key) || (key.expiresOn !== null && key.expiresOn < today)),
    );
    const notSaid = `The list does not say whether ${names(unsure.map(label))} ${verb(unsure.length, 'is', 'are')} active.`;
    if (wrong.length > 0) {
      return because(
        'visibility.api_keys_known.not_in_order',
        `${wrong.length} of ${count(keys.rows.filter((key) => key.active === true).length, 'active API key')} ${verb(wrong.length, 'is', 'are')} not as they should be: ${names(wrong.map((i) => `${i.label} (${i.detail.charAt(0).toLowerCase()}${i.detail.slice(1).replace(/\.$/, '')})`))}.${expiry}${unsure.length > 0 ? ` ${notSaid}` : ''}`,
      ).fail([...evidence, ...wrong.flatMap((i) => i.evidence)], wrong);
    }
    if (unsure.length > 0) {
      return because('visibility.api_keys_known.active_unknown', notSaid).cannotRead(
        ask(
          'source',
          'settings',
          'Save the settings file again, with is_active of every key.',
          'keys_active',
        ),
        evidence,
      );
    }
    const since = context.charterSince('approvedApiKeys');
    const earlier = context
      .history('api_keys')
      .filter(({ observedOn }) => since === undefined || observedOn >= since)
      .flatMap(({ rows }) => rows);
    // An approval by name is for one key, but another key may get the same name.
    const byNameAlone = active.filter(
      (key) =>
        !known.has(key.id.toLowerCase()) &&
        (keys.rows.some((other) => other !== key && nameOf(other) === nameOf(key)) ||
          earlier.some((other) => other.id !== key.id && nameOf(other) === nameOf(key))),
    );
    if (byNameAlone.length > 0)
      return because(
        'visibility.api_keys_known.same_name',
        `${count(byNameAlone.length, 'active API key')} ${verb(byNameAlone.length, 'has', 'have')} the name of another one, and the charter approves the name: ${names(byNameAlone.map((key) => `${label(key)} (${key.id})`))}. Which of them is approved is not known.`,
      ).cannotRead(
        ask('charter', 'approvedApiKeys', 'List these keys under `approvedApiKeys` by their ids.', 'ids'),
        [...evidence, ...byNameAlone.map((key) => keys.cite(key, label(key)))],
      );
    const widened = widenedKeys(context, keys, isKnown);
    if (widened.length > 0)
      return because(
        'visibility.api_keys_known.widened',
        `${count(widened.length, 'approved API key')} ${verb(widened.length, 'has', 'have')} more scopes than ${verb(widened.length, 'it', 'they')} had when the charter approved ${verb(widened.length, 'it', 'them')}: ${names(widened.map(widenedWords))}.`,
      ).cannotRead(
        ask(
          'look',
          'api_keys',
          'Find out who gave these keys more scopes and what for. Undo what no one decided on; otherwise approve the keys again in the charter, or state here that each has a current purpose.',
          widened.map(({ row }) => row.id),
        ),
        [...evidence, ...widened.map(({ row }) => keys.cite(row, row.scopes.join(', ')))],
      );
    const later = keysMade(context, isListed).filter(({ on }) => on >= keys.observedOn);
    if (later.length > 0)
      return because(
        'visibility.api_keys_known.made_since',
        `${count(later.length, 'API key')} ${verb(later.length, 'was', 'were')} made after the list of ${dayWords(keys.observedOn)} and ${verb(later.length, 'is', 'are')} not in it: ${names(later.map(({ label }) => label))}.`,
      ).changedOn(
        later
          .map(({ on }) => on)
          .sort()
          .at(-1) ?? keys.observedOn,
        ask('source', 'settings', 'Save the settings file again.', 'again'),
        [...evidence, ...later.flatMap((item) => item.evidence)],
      );
    const before = keysMade(context, isListed).filter(({ on }) => on < keys.observedOn);
    if (before.length > 0)
      return because(
        'visibility.api_keys_known.made_and_not_listed',
        `${count(before.length, 'API key')} ${verb(before.length, 'is', 'are')} not in the list of ${dayWords(keys.observedOn)}, and the events show ${verb(before.length, 'it', 'them')} made and not deleted: ${names(before.map(({ label }) => label))}.`,
      ).cannotRead(
        ask(
          'charter',
          'approvedApiKeys',
          'List these keys under `approvedApiKeys` by their ids if they are approved. If not, delete them.',
          'unlisted',
        ),
        [...evidence, ...before.flatMap((item) => item.evidence)],
      );
    const used = keysUsed(context, keys.observedOn, isListed);
    if (used.length > 0)
      return because(
        'visibility.api_keys_known.used_and_not_listed',
        `${count(used.length, 'API key')} ${verb(used.length, 'is', 'are')} not in the list of ${dayWords(keys.observedOn)}, and the events show ${verb(used.length, 'it', 'them')} in use: ${names(used.map(({ id, on }) => `${id} on ${dayWords(on)}`))}.`,
      ).cannotRead(
        ask(
          'charter',
          'approvedApiKeys',
          'List these keys under `approvedApiKeys` by their ids if they are approved. If not, delete them.',
          used.map(({ id }) => id),
        ),
        [...evidence, ...used.map((key) => key.evidence)],
      );
    const approvedIds = new Set([...known, ...keys.rows.filter(isKnown).map(({ id }) => id.toLowerCase())]);
    const changed = keysChanged(context, keys.observedOn, (id) => approvedIds.has(id));
    if (changed.length > 0)
      return because(
        'visibility.api_keys_known.changed_since',
        `${count(changed.length, 'API key')} that the charter does not approve ${verb(changed.length, 'was', 'were')} changed since the list of ${dayWords(keys.observedOn)}: ${names(changed.map(({ id, on }) => `${id} on ${dayWords(on)}`))}. Whether ${verb(changed.length, 'it is', 'they are')} active now is not known.`,
      ).changedOn(
        changed
          .map(({ on }) => on)
          .sort()
          .at(-1) ?? keys.observedOn,
        ask('source', 'settings', 'Save the settings file again.', 'again'),
        [...evidence, ...changed.map((key) => key.evidence)],
      );
    const approvedChanged = approvedKeysChanged(context, keys.observedOn, (id) => approvedIds.has(id));
    const changedKeys = new Set(approvedChanged.map(({ id }) => id)).size;
    if (changedKeys > 0)
      return because(
        'visibility.api_keys_known.approved_changed',
        `${count(changedKeys, 'approved API key')} ${verb(changedKeys, 'was', 'were')} changed since the charter approved ${verb(changedKeys, 'it', 'them')}: ${names(approvedChanged.map(({ id, on, added }) => `${id} on ${dayWords(on)} (${added === null ? 'the event does not say what' : `now also has ${names(added)}`})`))}.`,
      ).changedOn(
        approvedChanged
          .map(({ on }) => on)
          .sort()
          .at(-1) ?? keys.observedOn,
        ask(
          'look',
          'api_keys',
          'Find out who changed these keys and what for. Take back what no one decided on; otherwise approve the keys again in the charter, or state here that each has a current purpose.',
          ['changed', ...approvedChanged.map(({ id }) => id)],
        ),
        [...evidence, ...approvedChanged.map((key) => key.evidence)],
      );
    const [first] = keys.rows;
    const isOneWorkspace =
      first?.workspace !== undefined && keys.rows.every(({ workspace }) => workspace === first.workspace);
    // The API returns the keys of a single workspace if asked to. Live readings cover all of them.
    if (
      isOneWorkspace &&
      !keys.readings.every(({ provenance, mappedByHand }) => provenance === 'api' || mappedByHand)
    )
      return because(
        'visibility.api_keys_known.one_workspace',
        `All ${count(keys.rows.length, 'key')} in the list ${verb(keys.rows.length, 'is', 'are')} of one workspace (${first?.workspace ?? ''}), which looks like a filtered list, so there may be others.`,
      ).cannotRead(
        ask(
          'source',
          'api_keys',
          `Save the list of API keys again, without a filter. If the file is all of it, import it once more and choose its kind manually, or on the command line --map "api_keys=${keys.readings[0]?.file ?? ''}".`,
          'maybe_filtered',
        ),
        evidence,
      );
    return because(
      'visibility.api_keys_known.all_known',
      active.length === 0
        ? `The list holds no active API key, out of ${count(keys.rows.length, 'key')}.`
        : `All ${count(active.length, 'active API key')} ${verb(active.length, 'is', 'are')} approved in the charter.${expiry}`,
    ).pass(evidence);
  },
});
// Guide: G1.1-10 G5.2-00
