import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';

/** Days that Microsoft documents since Oct 17, 2023: 180 on every plan, 365 for some records with Audit (Premium). */
const STANDARD = 180;
const PREMIUM = 365;

/** Guide 1.2: compares how long Microsoft keeps audit records with what the client needs. */
export const auditRetention = defineRule({
  name: 'audit-retention',
  about:
    'Compares the days of audit retention that the charter asks for with what the Microsoft licenses give: 180 days on every plan, one year for part of the records with Audit (Premium).',
  params: z.strictObject({}),
  decide(context) {
    const { charter, profile } = context;
    const wanted = charter.ok ? charter.value.auditRetentionDays : undefined;
    if (!charter.ok || wanted === undefined)
      return askCharter(
        context,
        'auditRetentionDays',
        'for how many days Microsoft audit records are needed',
      );
    const asked = charter.cite('auditRetentionDays', count(wanted, 'day'));
    const standard = context.capability('microsoft.audit_retention');
    const licenses = ask(
      'profile',
      'm365',
      'State the licenses in the profile (m365, addOns), or add the Microsoft licenses file.',
      'audit',
    );
    if (standard.has === 'unknown')
      return because('visibility.audit_retention.standard_unknown', standard.reason).cannotRead(licenses, [
        asked,
        ...standard.evidence,
      ]);
    if (standard.has === 'no')
      return because(
        'visibility.audit_retention.standard_missing',
        `The charter requires ${count(wanted, 'day')} of audit records. ${standard.reason}`,
      ).fail([asked, ...standard.evidence]);
    if (wanted <= STANDARD) {
      return because(
        'visibility.audit_retention.standard_enough',
        `Microsoft keeps audit records for ${STANDARD} days on every plan; the charter requires ${wanted}.`,
      ).passAsOf(context.charterSince('auditRetentionDays') ?? '', [asked, ...standard.evidence]);
    }
    const premium = context.capability('microsoft.audit_premium');
    const evidence = [asked, ...standard.evidence, ...premium.evidence];
    if (premium.has === 'unknown')
      return because('visibility.audit_retention.premium_unknown', premium.reason).cannotRead(
        licenses,
        evidence,
      );
    const elsewhere =
      profile.siem !== undefined && profile.siem !== null && !['', 'none'].includes(profile.siem);
    const gap = count(wanted - (premium.has === 'yes' ? PREMIUM : STANDARD), 'day');
    if (premium.has === 'yes' && wanted <= PREMIUM) {
      return because(
        'visibility.audit_retention.premium_unseen',
        `Audit (Premium) keeps records of Exchange, SharePoint, OneDrive and Entra for ${PREMIUM} days for the people who hold it, and all other records for ${STANDARD}. A person has to decide whether that meets the ${wanted} days required by the charter.`,
      ).cannotRead(
        ask(
          'look',
          'purview',
          'Look at the audit retention policies in Microsoft Purview, and whether everyone with a Claude seat holds the license.',
        ),
        evidence,
      );
    }
    if (elsewhere) {
      return because(
        'visibility.audit_retention.siem_unknown',
        `The licenses fall ${gap} short of the ${wanted} days that the charter asks for. It is not known whether the records are kept in the SIEM that long.`,
      ).cannotRead(ask('look', 'siem', 'Look at how long the SIEM keeps Microsoft audit records.'), evidence);
    }
    return because(
      'visibility.audit_retention.too_short',
      `The charter requires ${wanted} days of audit records. The licenses give ${premium.has === 'yes' ? PREMIUM : STANDARD}, ${gap} short.`,
    ).fail(evidence);
  },
});
// Guide: G1.2-08
