import { type Permission, useClientHere, useSession } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { AppLink } from '../controls/link-button.tsx';

interface Start {
  readonly label: string;
  readonly page: string;
  readonly permission: Permission;
  readonly about: string;
}

/** Starting points for people whose role does not include the controls. */
const STARTS: readonly Start[] = [
  {
    label: 'Someone leaves or joins',
    page: 'people/announce',
    permission: 'people.decide',
    about: 'Say who and when; everyone with something to do gets a task with a due date.',
  },
  {
    label: 'People who leave',
    page: 'people/leavers',
    permission: 'people.read',
    about: 'Who has left according to the roster but still holds a seat, and what is still open for each.',
  },
  {
    label: 'People who join',
    page: 'people/joiners',
    permission: 'people.read',
    about: 'Who is starting around now, and what each person needs before using Claude.',
  },
  {
    label: 'Policy',
    page: 'policy',
    permission: 'policy.read',
    about: 'The rules shown to staff, who has acknowledged them, and the training.',
  },
  {
    label: 'Activity',
    page: 'activity',
    permission: 'activity.read',
    about: 'What people did in Claude, as far as the sources report it.',
  },
  {
    label: 'Charter',
    page: 'charter',
    permission: 'charter.read',
    about: 'What this client has decided about Claude.',
  },
];

/** First pages for a role without access to controls. */
export function WhereToStart() {
  const { slug } = useClientHere();
  const { may } = useSession();
  return (
    <Card title="Where to start" foot="Your role here does not include the controls.">
      <Stack as="ul" gap="sm">
        {STARTS.filter(({ permission }) => may(permission, slug)).map(({ label, page, about }) => (
          <li key={page}>
            <AppLink href={`/c/${slug}/${page}`}>{label}</AppLink>
            <p className="second">{about}</p>
          </li>
        ))}
      </Stack>
    </Card>
  );
}
