import { Button } from '@mantine/core';
import { addressOf, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Row } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { SECTION_WORDS } from './edit-dialog.tsx';
import { charterVersionRoute } from './routes.tsx';
import { SECTIONS } from './sections.ts';

/** The parts of the charter that have a form. */
export function EditCard({ slug, id }: { slug: string; id: string }) {
  const navigate = charterVersionRoute.useNavigate();
  const open = (dialog: 'cell' | 'yaml' | 'withdraw') =>
    void navigate({ search: (was) => ({ ...was, open: dialog }) });
  return (
    <div className="screen-only">
      <Card
        title="Edit the draft"
        foot={
          <>
            To edit many permissions at once, go to{' '}
            <AppLink href={`/c/${slug}/connectors`}>Connectors</AppLink>; to say who is who, go to{' '}
            <AppLink href={`/c/${slug}/people`}>People</AppLink>. To request an exception that a second person
            approves, go to <AppLink href={`/c/${slug}/exceptions`}>Exceptions</AppLink>.
          </>
        }
      >
        <Row>
          {SECTIONS.map((section) => (
            <Button
              key={section}
              size="xs"
              onClick={() => void navigate({ search: (was) => ({ ...was, edit: section }) })}
            >
              {SECTION_WORDS[section]}
            </Button>
          ))}
          <Button size="xs" onClick={() => open('cell')}>
            A permission
          </Button>
          <Button size="xs" onClick={() => open('withdraw')}>
            Withdraw the draft
          </Button>
        </Row>
        <Fold summary="Advanced: edit as text">
          <p className="muted measure">
            The whole draft as a YAML file: download it, change it, and put it back.
          </p>
          <Row>
            <Button
              size="xs"
              component="a"
              href={addressOf(routes.charter.yaml, { client: slug, of: id })}
              download
            >
              Download the text
            </Button>
            <Button size="xs" onClick={() => open('yaml')}>
              Replace with text
            </Button>
          </Row>
        </Fold>
      </Card>
    </div>
  );
}
