import { dataWords } from '../../../../src/domain/connectors/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { Incident } from './words.ts';

export function AboutCard({ slug, incident }: { slug: string; incident: Incident }) {
  const { origin, playbook, lead } = incident;
  return (
    <Card title="About it" foot={<SourceLinks sources={playbook.sources} />}>
      <Facts
        facts={[
          ['Led by', lead?.name ?? 'Unassigned'],
          ['Decides', playbook.decides],
          ...(incident.clauses.length === 0
            ? []
            : [
                [
                  'Against',
                  incident.clauses
                    .map(({ number, title, version }) =>
                      number === null ? title : `clause ${number}, ${title} (policy ${version ?? ''})`,
                    )
                    .join('; '),
                ] as const,
              ]),
          [
            'To call',
            playbook.contacts.length === 0 ? 'The charter names no one' : playbook.contacts.join('; '),
          ],
          [
            'Opened',
            <span key="opened">
              {incident.opened.by}, <When at={incident.opened.at} inline />
            </span>,
          ],
          [
            'Opened from',
            origin.kind === 'alert' ? (
              <AppLink key="origin" href={`/c/${slug}/alerts/${origin.id ?? ''}`}>
                Alert {origin.code ?? ''}
              </AppLink>
            ) : origin.kind === 'defender' ? (
              <AppLink key="origin" href={`/c/${slug}/connectors/microsoft-tenant`}>
                A Defender alert
              </AppLink>
            ) : origin.kind === 'drift' ? (
              <AppLink key="origin" href={`/c/${slug}/charter/drift`}>
                A difference from the charter
              </AppLink>
            ) : origin.gone !== null ? (
              <span key="origin">
                A staff report, removed {origin.gone.at === null ? null : <When at={origin.gone.at} inline />}{' '}
                by the retention rule
              </span>
            ) : origin.kind === 'staff' ? (
              <AppLink key="origin" href={`/c/${slug}/incidents/reports?panel=${origin.id ?? ''}`}>
                A report from staff
              </AppLink>
            ) : origin.kind === 'register' ? (
              <AppLink
                key="origin"
                href={`/c/${slug}/personal-accounts?panel=${encodeURIComponent(origin.id ?? '')}`}
              >
                A personal account
              </AppLink>
            ) : origin.kind === 'grant' ? (
              <AppLink key="origin" href={`/c/${slug}/connectors/microsoft-365`}>
                A permission granted in Entra
              </AppLink>
            ) : (
              'Opened manually'
            ),
          ],
          ['Person', incident.person ?? 'No one named'],
          ['Connector', incident.connector ?? 'None named'],
          ...(playbook.about.includes('file')
            ? ([
                ['File', incident.fileName ?? 'Not reported'],
                ['Found', incident.pattern ?? 'Not reported'],
                ['Device', incident.device ?? 'Not reported'],
              ] as const)
            : []),
          ['Kinds of data', incident.data.length === 0 ? 'Not known' : dataWords(incident.data)],
          [
            'Happened',
            incident.happened === null ? 'Not known' : <When key="happened" at={incident.happened} inline />,
          ],
          ['Noticed', <When key="noticed" at={incident.noticed} inline />],
          ['Playbook', `Of ${dayWords(playbook.revised)}, ${playbook.sha256.slice(0, 8)}`],
        ]}
      />
    </Card>
  );
}
