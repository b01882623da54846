import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask, askOfSeveral } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

/** CON-07: a charter with connectors is approved by name and in force. */
export const charterInForce = defineRule({
  name: 'charter-in-force',
  signed: () => ['approvedBy'],
  about: 'Reads version, approval and first day of the charter.',
  params: z.strictObject({}),
  decide(context) {
    const charter = context.charterAhead ?? context.charter;
    if (!charter.ok)
      return absent(charter).cannotRead(
        ask('charter', '*', 'Write a charter with `version`, `approvedBy`, `inForceSince` and `connectors`.'),
      );
    const { version, approvedBy, inForceSince, connectors } = charter.value;
    const lacking = [
      ...(version === undefined ? ['`version` (a number)'] : []),
      ...(approvedBy === undefined ? ['`approvedBy` (names)'] : []),
      ...(inForceSince === undefined ? ['`inForceSince` (a day)'] : []),
      ...(connectors === undefined ? ['`connectors` (an empty list is a valid answer)'] : []),
    ];
    if (lacking.length > 0 || version === undefined || !approvedBy || !inForceSince || !connectors) {
      return because(
        'connectors.charter_in_force.lacks_fields',
        `The charter does not state ${names(
          [
            ...(version === undefined ? ['its version'] : []),
            ...(approvedBy === undefined ? ['who approved it'] : []),
            ...(inForceSince === undefined ? ['since when it is in force'] : []),
            ...(connectors === undefined ? ['which connectors are approved'] : []),
          ],
          4,
        )}.`,
        { fields: lacking },
      ).cannotRead(
        askOfSeveral('charter', ['connectors'], `State ${names(lacking, 4)} in the charter.`, lacking),
        [charter.cite('version', 'the charter')],
      );
    }
    const evidence = [
      charter.cite('version', `version ${version}`),
      charter.cite('approvedBy', approvedBy.join(', ') || 'nobody'),
      charter.cite('inForceSince', dayWords(inForceSince)),
    ];
    if (approvedBy.length === 0 && context.approvedByOffice())
      return because(
        'connectors.charter_in_force.no_person_named',
        `Version ${version} of the charter names no person who approved it.`,
        { version },
      ).cannotRead(
        ask(
          'charter',
          'approvedBy',
          'State under `approvedBy` in the charter who approved it; for a board, the person who signed for it.',
        ),
        evidence,
      );
    if (approvedBy.length === 0)
      return because(
        'connectors.charter_in_force.not_approved',
        `No one has approved version ${version} of the charter.`,
        { version },
      ).fail(evidence);
    if (inForceSince > context.today)
      return because(
        'connectors.charter_in_force.ahead',
        `Version ${version} of the charter, approved by ${names(approvedBy)}, comes into force on ${dayWords(inForceSince)}.`,
        { version },
      ).pending(inForceSince, evidence);
    return because(
      'connectors.charter_in_force.in_force',
      `Version ${version} of the charter, approved by ${names(approvedBy)}, has been in force since ${dayWords(inForceSince)} and names ${count(connectors.length, 'connector')}.`,
      { version, approvedBy },
    ).pass(evidence);
  },
});
// Guide: G2.1-03 G2.2-17 G7.1-07
