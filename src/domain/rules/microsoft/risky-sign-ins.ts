import { z } from 'zod';
import { dayOf } from '../../model/local-time.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { claudeSignIns } from './sign-ins-mfa.ts';

const RISKY = new Set(['medium', 'high']);

/** The absence of risky sign-ins proves nothing about the next one, so this never passes; only the policy can. */
export const riskySignIns = defineRule({
  name: 'risky-sign-ins-stepped-up',
  about:
    'Finds successful sign-ins to Claude at medium or high risk without MFA. This check never passes, since only a policy shows what happens to the next one.',
  failsFromPart: ['sign_ins'],
  params: z.strictObject({ days: z.number().int().min(1).default(30) }),
  decide(context, { days }) {
    const signIns = context.read('sign_ins');
    if (!signIns.ok) return absent(signIns).cannotRead(signIns.howToGet);
    const { successful, from } = claudeSignIns(context, signIns, days);
    const risky = successful.filter(({ riskLevel }) => RISKY.has(riskLevel?.trim().toLowerCase() ?? ''));
    const through = risky.filter(({ mfa }) => mfa === false);
    const question = ask(
      'source',
      'ca_policies',
      'Import the Conditional Access policies: they show whether a risky sign-in has to pass an extra check.',
      'risk_policy',
    );
    if (through.length === 0)
      return because(
        'microsoft.risky_sign_ins.none_seen',
        risky.length === 0
          ? `None of ${count(successful.length, 'sign-in')} to Claude since ${dayWords(from)} is recorded at medium or high risk, which says nothing about the next one.`
          : `Of ${count(risky.length, 'sign-in')} to Claude at medium or high risk since ${dayWords(from)} none is recorded without MFA, which says nothing about the next one.`,
      ).cannotRead(question, signIns.evidence);
    return because(
      'microsoft.risky_sign_ins.through',
      `${count(through.length, 'sign-in')} to Claude at medium or high risk since ${dayWords(from)} went through without MFA: ${names([...new Set(through.map(({ upn }) => upn ?? 'someone without a name'))])}.`,
    ).fail(
      through.slice(0, 20).map((row) => signIns.cite(row, `risk ${row.riskLevel}, no MFA`)),
      through.map((row) => ({
        key: `${row.upn ?? 'unknown'}/${row.at}`.toLowerCase(),
        label: row.upn ?? 'Someone without a name',
        detail: `${dayWords(dayOf(row.at, context.profile.timezone))}: risk ${row.riskLevel}, no MFA.`,
        evidence: [signIns.cite(row, `risk ${row.riskLevel}, no MFA`)],
      })),
    );
  },
});
// Guide: G6.5-01
