import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { coverageOf } from './coverage.ts';

/** Guide 8, last clause, and A, item 14: everyone who uses Claude has agreed to the policy in force. */
export const acknowledged = defineRule({
  name: 'acknowledged',
  about:
    'Compares the members with the acknowledgments of the current policy version. All members must have acknowledged it unless the charter asks for a smaller share.',
  needs: { acknowledgements: ['version', 'on', 'acknowledged'], members: ['status', 'seat'] },
  failsFromPart: ['members'],
  failsByAbsence: ['acknowledgements'],
  params: z.strictObject({}),
  decide(context) {
    const coverage = coverageOf(context);
    if (!coverage.ok) return coverage.outcome;
    const { people, version, evidence } = coverage;
    if (people.length === 0) {
      return because(
        'policy.acknowledged.members_empty',
        'The members file lists no one who can sign in.',
      ).cannotRead(
        ask('source', 'members', 'Export the members file again with all members.', 'all'),
        evidence,
      );
    }
    const share = context.charter.ok ? context.charter.value.policy?.targetShare : undefined;
    // A share of zero requires nothing, and an acknowledgment that no one was asked for is none; so require all.
    const target = share === undefined || share === 0 ? 1 : share;
    const needed = Math.ceil(target * people.length - 1e-9);
    const of = (state: string) => people.filter(({ acknowledgement }) => acknowledgement.state === state);
    const done = of('acknowledged');
    const unclear = of('unclear');
    const missing = of('missing');
    const items = [...missing, ...unclear].map(
      ({ person, acknowledgement }): Item => ({
        key: person.key,
        label: person.name,
        detail: `${acknowledgement.words}.`,
        evidence: acknowledgement.evidence,
      }),
    );
    const who = (list: typeof people) => names(list.map(({ person }) => person.name));
    const asked = target < 1 ? ` The charter asks for ${needed}.` : '';
    if (done.length >= needed) {
      const rest =
        items.length > 0
          ? ` ${count(items.length, 'member')} ${verb(items.length, 'has', 'have')} not: ${names(items.map((i) => i.label))}.`
          : '';
      return because(
        'policy.acknowledged.enough',
        `${done.length} of ${count(people.length, 'member')} acknowledged policy ${version}.${asked}${rest}`,
      ).pass([...evidence, ...done.flatMap(({ acknowledgement }) => acknowledgement.evidence)], items);
    }
    const members = context.read('members', 30);
    // A partial list does not give the total: the missing members may make up for those without an acknowledgment here.
    const isOpen = target < 1 && members.ok && members.inPart === true;
    if (!isOpen && done.length + unclear.length < needed) {
      const doubt = unclear.length > 0 ? ` For ${who(unclear)} someone must confirm it.` : '';
      return because(
        'policy.acknowledged.missing',
        `${missing.length} of ${count(people.length, 'member')} ${verb(missing.length, 'has', 'have')} not acknowledged policy ${version}: ${who(missing)}.${asked}${doubt}`,
      ).fail([...evidence, ...missing.flatMap(({ acknowledgement }) => acknowledgement.evidence)], items);
    }
    return because(
      'policy.acknowledged.unclear',
      `${done.length} of ${count(people.length, 'member')} acknowledged policy ${version}; for ${who(unclear)} the list does not say clearly.${asked}`,
    ).cannotRead(
      ask(
        'source',
        'acknowledgements',
        `Confirm in the list of acknowledgments, with email address, title and version of what was signed, and day: ${names(
          unclear.map(({ person }) => person.name),
          10,
        )}.`,
        unclear.map(({ person }) => person.name),
      ),
      evidence,
      items,
    );
  },
});
// Guide: G4.1-07 G7.3-02 G8-17 GA-14
