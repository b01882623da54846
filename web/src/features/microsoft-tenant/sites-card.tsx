import { count } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { Part } from './part.tsx';
import { SITE_WORDS, type Tenant } from './words.ts';

/** SharePoint sites that are open widely, the most exposed first. Each is closed, or accepted at its control. */
export function SitesCard({ sites: { read, total, list } }: { sites: Tenant['sites'] }) {
  const { slug } = useClientHere();
  return (
    <Part
      title="SharePoint sites that are shared widely"
      read={read}
      aside={`${list.length} of ${count(total, 'site')}`}
      flush={list.length > 0}
      foot={
        <>
          Close each, or accept it with a reason at{' '}
          <AppLink href={`/c/${slug}/controls/M365-08`}>CLA-M365-08</AppLink>; the next report shows it.
        </>
      }
    >
      {list.length === 0 ? (
        <p>None of the sites is open to everyone or by links for anyone.</p>
      ) : (
        <Lines label="Sites" head="55%">
          {list.map((site) => (
            <Line
              key={site.url}
              head={
                <>
                  <h3>{site.name ?? site.url}</h3>
                  <p className="muted wraps">
                    {site.url}
                    {site.owner === null ? '' : `, ${site.owner}`}
                  </p>
                </>
              }
            >
              <VerdictMark state={site.is === 'unknown' ? 'cannot_read' : 'fail'}>
                {SITE_WORDS[site.is]}
              </VerdictMark>
              <p className="muted">
                {[
                  ...(site.anyone === null
                    ? []
                    : [count(site.anyone, 'link for anyone', 'links for anyone')]),
                  ...(site.people === null ? [] : [count(site.people, 'person', 'people')]),
                ].join(', ')}
              </p>
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}
