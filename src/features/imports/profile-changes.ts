import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Licenses } from '#domain/model/licenses.ts';
import { M365_TIERS, type Profile, profileSchema } from '#domain/model/profile.ts';
import { dayWords, sentence } from '#domain/text/words.ts';
import { isSame } from './plan.ts';

type Part = Exclude<keyof Profile, 'name' | 'asOf'>;

/** As the settings of a client call them. */
const PART_WORDS: Readonly<Record<Part, string>> = {
  domains: 'Email domains',
  claudePlan: 'Claude plan',
  claudeSeats: 'Claude seats bought',
  m365: 'Microsoft 365 license',
  addOns: 'Add-ons',
  swg: 'Secure web gateway',
  siem: 'SIEM',
  siemLater: 'SIEM in the future',
  deviceManagement: 'Device management',
  staffCount: 'Staff',
  timezone: 'Time zone',
  holidays: 'Holidays',
  normalHours: 'Normal working hours',
};

/** Parts of a profile that a file changes. The name and the day of a decision are not taken from files. */
export function profileChanges(
  stored: unknown,
  brought: Profile,
  licenses: Licenses,
): { readonly field: string; readonly before: string; readonly after: string }[] {
  const now = profileSchema.parse(stored);
  return (Object.keys(PART_WORDS) as Part[])
    .filter((part) => !isSame(now[part] ?? null, brought[part] ?? null))
    .map((part) => ({
      field: PART_WORDS[part],
      before: partWords(now, part, licenses),
      after: partWords(brought, part, licenses),
    }));
}

/** The profile to store if a person adopts the one among the files. */
export function takenOver(stored: unknown, brought: Profile): Profile {
  const { name: _, asOf: __, ...rest } = brought;
  return { ...rest, name: profileSchema.parse(stored).name };
}

function partWords(profile: Profile, part: Part, licenses: Licenses): string {
  if (profile[part] === undefined || profile[part] === null) return 'Not stated';
  switch (part) {
    case 'claudePlan':
      return CLAUDE_PLAN_WORDS[profile.claudePlan];
    case 'm365': {
      const tier = M365_TIERS.find((one) => one === profile.m365);
      return (tier && licenses.tiers[tier]?.name) ?? listWords(profile.m365 as readonly string[]);
    }
    case 'holidays':
      return listWords(profile.holidays.map(dayWords));
    case 'siemLater':
      return siemLaterWords(profile.siemLater);
    case 'normalHours':
      return hoursWords(profile.normalHours);
    default: {
      const value = profile[part];
      return Array.isArray(value) ? listWords(value) : value === 'none' ? 'None' : String(value);
    }
  }
}

const listWords = (list: readonly string[]) => (list.length === 0 ? 'None' : list.join(', '));

function siemLaterWords(later: Profile['siemLater']): string {
  if (later === undefined) return 'Not stated';
  const from = later.from === undefined ? '' : ` from ${dayWords(later.from)}`;
  return `${sentence(later.is)}${from}: ${later.reason}`;
}

/** "7:00 AM to 7:00 PM on Mon, Tue, Wed, Thu, Fri". */
function hoursWords(hours: Profile['normalHours']): string {
  if (hours === undefined) return 'Not stated';
  return `${clock(hours.start)} to ${clock(hours.end)} on ${hours.days.map(sentence).join(', ')}`;
}

const CLOCK = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
const clock = (time: string) => CLOCK.format(new Date(`2000-01-01T${time}:00Z`)).replace(/\s/u, ' ');
