import { useQuery } from '@tanstack/react-query';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { WaitingChange } from './waiting-change.tsx';

/** Changes of the profile that need a second person's approval because detections would find less. */
export function WaitingProfile() {
  const { slug } = useClientHere();
  const { data } = useQuery(api.clients.get.queryOptions({ input: { client: slug } }));
  if (data === undefined || data.proposed === null) return null;
  const { id, profile } = data.proposed;
  const chosen = { client: slug, proposed: id };
  return (
    <WaitingChange
      about="Domains, days off, hours and time zone"
      words={`${profileWords(profile)}: this waits for approval by someone else, because detections would find less. Until then, the earlier values apply.`}
      proposed={data.proposed}
      may={data.can.edit}
      approve={async () => {
        await calls.clients.approveProfile(chosen);
        await done('Approved. Detections use it starting tomorrow.', api.clients.key(), api.work.key());
      }}
      withdraw={async (reason) => {
        await calls.clients.withdrawProfile({ ...chosen, reason });
        await done('The profile stays as it is.', api.clients.key(), api.work.key());
      }}
    />
  );
}

type Held = NonNullable<Awaited<ReturnType<typeof calls.clients.get>>['proposed']>['profile'];

/** "Email domains example.org, example.net; time zone Asia/Tokyo". */
function profileWords({ domains, holidays, normalHours: hours, timezone }: Held): string {
  const parts = [
    domains && `email domains ${domains.join(', ')}`,
    holidays && (holidays.length === 0 ? 'no days off' : `days off ${holidays.join(', ')}`),
    hours === null
      ? 'no normal hours'
      : hours && `hours ${hours.start} to ${hours.end}, ${hours.days.join(' ')}`,
    timezone && `time zone ${timezone}`,
  ].filter((part) => part !== undefined);
  const words = parts.join('; ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Changes of data loss prevention that need a second person's approval because guards would find less. */
export function WaitingTuning() {
  const { slug } = useClientHere();
  const may = useMay('detections.edit');
  const { data } = useQuery(api.dlp.tuning.show.queryOptions({ input: { client: slug } }));
  if (data === undefined || data.proposed === null) return null;
  const { proposed } = data;
  const chosen = { client: slug, proposed: proposed.id };
  return (
    <WaitingChange
      about="Data loss prevention"
      words={`${tuningWords(data, proposed)}: this change to data loss prevention waits for approval by someone else, because less would be found. Until then the rules stay as they are.`}
      proposed={proposed}
      may={may}
      approve={async () => {
        await calls.dlp.tuning.approve(chosen);
        await done('Approved. It takes effect with the next prompt.', api.dlp.key(), api.work.key());
      }}
      withdraw={async (reason) => {
        await calls.dlp.tuning.withdraw({ ...chosen, reason });
        await done('The rules stay as they are.', api.dlp.key(), api.work.key());
      }}
    />
  );
}

type Tuning = Awaited<ReturnType<typeof calls.dlp.tuning.show>>;
type Tuned = Pick<Tuning, 'off' | 'allowed' | 'memberNumbers' | 'patterns' | 'atLeast'>;

/** What a change removes and adds: "Off: us_ssn; to ignore: 555-0100". */
function tuningWords(was: Tuned, next: Tuned): string {
  const more = (a: readonly string[], b: readonly string[]) => b.filter((one) => !a.includes(one)).join(', ');
  const formOf = ({ title, starts, body, least, atMost }: Tuned['patterns'][number]) =>
    `${title} (${starts}… ${body} ${least}–${atMost})`;
  const forms = (patterns: Tuned['patterns']) => patterns.map(formOf);
  const thresholds = (atLeast: Tuned['atLeast']) =>
    Object.entries(atLeast).map(([rule, hits]) => `${rule} ${hits}`);
  const parts = [
    ['off', more(was.off, next.off)],
    ['on again', more(next.off, was.off)],
    ['to ignore', more(was.allowed, next.allowed)],
    ['no longer ignored', more(next.allowed, was.allowed)],
    ['removed formats of member numbers', more(next.memberNumbers, was.memberNumbers)],
    ['new formats of member numbers', more(was.memberNumbers, next.memberNumbers)],
    ['removed patterns', more(forms(next.patterns), forms(was.patterns))],
    ['new patterns', more(forms(was.patterns), forms(next.patterns))],
    ['new thresholds', more(thresholds(was.atLeast), thresholds(next.atLeast))],
    ['removed thresholds', more(thresholds(next.atLeast), thresholds(was.atLeast))],
  ].flatMap(([what, which]) => (which === '' ? [] : [`${what}: ${which}`]));
  const words = parts.join('; ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
