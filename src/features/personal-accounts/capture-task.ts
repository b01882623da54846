import { contextFor } from '#domain/decide/context.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import { domainOf } from '#domain/people/names.ts';
import { readSetting } from '#domain/rules/accounts/settings.ts';
import { reportsSeen } from '#domain/rules/personal-accounts/register.ts';
import { domainAccounts, type Report, uncovered } from '#domain/rules/personal-accounts/report.ts';
import { dayWords } from '#domain/text/words.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    domainCapture: typeof domainCapture;
  }
}

/** Age in days up to which the report of domain memberships serves as preview of a claim. */
const FRESH_DAYS = 14;

/** Facts for claiming the accounts on a client's domains. */
export interface CaptureFacts {
  readonly has: 'yes' | 'no' | 'unknown';
  readonly hasWhy: string;
  readonly domains: readonly string[];
  /** How people get a seat, from the setting or else the charter; null if neither says. */
  readonly provisioning: string | null;
  /** The charter's decision on domain capture; null if there is none. */
  readonly decision: {
    readonly capture: boolean;
    readonly on: string;
    readonly by: string;
    readonly approvedBy: string;
  } | null;
  readonly preview:
    | { readonly why: string }
    | {
        readonly on: string;
        readonly files: readonly string[];
        /** Why the report cannot show that an account is gone; null if it can. */
        readonly closesNothing: string | null;
        /**
         * Number of accounts outside the organization without a readable address; each may be at any of the domains.
         */
        readonly unreadable: number;
        /** Accounts at the domains that are outside the organization, or not known to be in it. */
        readonly accounts: readonly {
          readonly email: string;
          readonly claimable: boolean | null;
          /** Day of the newest earlier report that lists it as claimable; null if there is none. */
          readonly claimableOn: string | null;
        }[];
      };
}

/** Computes the requirements and the effect of a claim. Runs in the deciding thread. */
export function domainCapture({ shared }: TaskInput): CaptureFacts {
  const control = shared.input.catalogue.controls.find(({ id }) => id === 'CLA-ACC-17');
  if (control === undefined) throw new Error('the catalogue has no control of domain capture');
  const context = contextFor(shared, control, FRESH_DAYS);
  const { has, reason } = shared.capability('claude.domain_capture');
  const setting = readSetting(context, 'sso_provisioning_mode', 'how people are provisioned');
  const stated = context.charter.ok ? (context.charter.value.provisioning ?? null) : null;
  const report = context.read('domain_memberships');
  const domains = shared.input.profile.domains.map((one) => one.toLowerCase());
  const left = report.ok ? domainAccounts(context, report).filter(({ status }) => LEFT.has(status)) : [];
  const atOurs = left.filter(({ key }) => domains.includes(domainOf(key)));
  const earlier = report.ok ? reportsSeen(context).filter(({ day }) => day < report.observedOn) : [];
  return {
    has,
    hasWhy: reason,
    domains,
    provisioning: setting.ok && typeof setting.value === 'string' ? setting.value : stated,
    decision: (context.charter.ok ? context.charter.value.domainCapture : undefined) ?? null,
    preview: !report.ok
      ? { why: `${report.why} ${report.howToGet.text}`.trim() }
      : {
          on: report.observedOn,
          files: report.readings.map(({ sha256 }) => sha256).sort(),
          closesNothing: whyNothingCloses(context, report),
          unreadable: left.length - atOurs.length,
          accounts: atOurs.map(({ key, row: { plan } }) => ({
            email: key,
            claimable: claimable(plan),
            claimableOn:
              earlier.findLast(({ accounts }) => {
                const seen = accounts.get(key);
                return seen !== undefined && LEFT.has(seen.status) && claimable(seen.plan) !== false;
              })?.day ?? null,
          })),
        },
  };
}
/** Accounts in another Team or Enterprise organization cannot be claimed. */
function claimable(plan: string | null): boolean | null {
  return plan === null ? null : plan !== 'team' && plan !== 'enterprise';
}

const LEFT: ReadonlySet<string> = new Set(['outside', 'unknown']);

function whyNothingCloses(context: CheckContext, report: Report): string | null {
  const seen = reportsSeen(context).find(({ day }) => day === report.observedOn);
  return seen?.closesNothing == null
    ? (uncovered(context, report)?.reason ?? null)
    : `The report of ${dayWords(report.observedOn)} ${seen.closesNothing}.`;
}
// Guide: G1.1-07 G4.1-02
