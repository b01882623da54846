import { z } from 'zod';
import { dayOf } from '../../model/local-time.ts';
import { defineRule } from '../../model/rule.ts';
import { mayBeOneSigner, namesNobody } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { signatureDoubt } from '../statements.ts';

/** Domain capture cannot be undone, so the decision for or against it needs two people and has to be on record. */
export const domainCaptureDecided = defineRule({
  name: 'domain-capture-decided',
  about:
    'The charter holds a decision on domain capture, approved by a second person, and no claim was started against it. Capture cannot be undone.',
  params: z.strictObject({}),
  decide(context) {
    const { charter } = context;
    const events = context.events(Number.POSITIVE_INFINITY);
    const claim = events.ok ? events.rows.find((row) => row.type === 'domain_claim_initiated') : undefined;
    const on = claim ? dayWords(dayOf(claim.at, context.profile.timezone)) : '';
    const claimed = claim && events.ok ? [events.cite(claim, `domain claim started ${on}`)] : [];
    const by = claim?.actorName ?? claim?.actorEmail;
    const started = claim ? `A claim of the domain was started on ${on}${by ? ` by ${by}` : ''}` : '';
    const question = ask(
      'charter',
      'domainCapture',
      'Write the decision under `domainCapture` in the charter: capture (true or false), on, by, approvedBy.',
    );
    const decision = charter.ok ? charter.value.domainCapture : undefined;
    if (!charter.ok || !decision) {
      const isIncomplete =
        charter.ok && charter.leftOut?.some(({ path }) => path === 'domainCapture') === true;
      const none = isIncomplete
        ? 'the decision on it in the charter is incomplete'
        : charter.ok
          ? 'the charter holds no decision on it'
          : 'no decision on it could be read';
      if (claim)
        return because(
          'accounts.domain_capture.undecided',
          `${started}, and ${none}. It cannot be undone.`,
        ).fail(claimed);
      return (
        charter.ok
          ? because(
              'accounts.domain_capture.not_stated',
              'The charter does not say whether domain capture should be used.',
            )
          : absent(charter)
      ).cannotRead(question);
    }
    const cite = [
      charter.cite(
        'domainCapture',
        `${decision.capture ? 'capture' : 'no capture'}, ${dayWords(decision.on)}, ${decision.by} and ${decision.approvedBy}`,
      ),
      ...claimed,
    ];
    if (decision.on > context.today)
      return because(
        'accounts.domain_capture.decided_ahead',
        `The decision on domain capture is dated ${dayWords(decision.on)}, which is in the future.`,
      ).cannotRead(question, cite);
    if (namesNobody(decision.approvedBy) || mayBeOneSigner(decision.by, decision.approvedBy))
      return because(
        'accounts.domain_capture.decided_alone',
        `${decision.by} made the decision on domain capture alone. Domain capture cannot be undone, so a second person must approve it.`,
        { by: decision.by },
      ).fail(cite);
    const doubt =
      signatureDoubt(context, decision.by, decision.on, 'decision') ??
      signatureDoubt(context, decision.approvedBy, decision.on, 'decision');
    if (doubt !== null)
      return because(
        'accounts.domain_capture.signature_unknown',
        `Two people have to decide on domain capture, which cannot be undone. ${doubt}`,
      ).cannotRead(question, cite);
    if (!decision.capture && claim)
      return because(
        'accounts.domain_capture.started_against_decision',
        `The charter decides against domain capture. ${started} anyway.`,
      ).fail(cite);
    return because(
      'accounts.domain_capture.decided',
      `${decision.by} and ${decision.approvedBy} decided on ${dayWords(decision.on)} ${decision.capture ? 'to use domain capture' : 'not to use domain capture'}.${claim ? ` ${started}${dayOf(claim.at, context.profile.timezone) < decision.on ? ', before that decision' : ''}.` : ''}`,
      { by: decision.by, and: decision.approvedBy, capture: decision.capture },
    ).pass(cite);
  },
});
// Guide: G1.1-07 G2.2-11 G4.1-02 GB-08
