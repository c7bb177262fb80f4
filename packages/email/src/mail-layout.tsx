import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Preview } from '@react-email/preview';
import { Text } from '@react-email/text';
import { brand } from '@repo/brand';
import type { ReactElement } from 'react';
import type { MailContent } from './mail-content.js';
import { darkSheet, styles } from './mail-styles.js';

/** The one page that every mail is set on. */
export function MailLayout({ content, appUrl }: { content: MailContent; appUrl: string }): ReactElement {
  const { action } = content;
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        <style>{darkSheet}</style>
      </Head>
      <Body className="page" style={styles.page}>
        <Preview>{content.preview}</Preview>
        <Container style={styles.panel}>
          <Text className="ink" style={styles.wordmark}>
            {brand.name}
          </Text>
          <Heading as="h1" className="ink" style={styles.heading}>
            {content.heading}
          </Heading>
          {content.paragraphs.map((paragraph) => (
            <Text key={paragraph} className="ink" style={styles.paragraph}>
              {paragraph}
            </Text>
          ))}
          {action === undefined ? null : (
            <>
              <Button className="button" href={action.url} style={styles.button}>
                {action.label}
              </Button>
              <Text className="quiet" style={styles.quiet}>
                Or copy this address into your browser:{' '}
                <a className="link" href={action.url} style={styles.link}>
                  {action.url}
                </a>
              </Text>
            </>
          )}
          {content.notes.map((note) => (
            <Text key={note} className="quiet" style={styles.quiet}>
              {note}
            </Text>
          ))}
          <Hr className="line" style={styles.line} />
          <Text className="quiet" style={styles.quiet}>
            <a className="link" href={appUrl} style={styles.link}>
              {brand.name}
            </a>{' '}
            · {brand.tagline}
            <br />
            {brand.legalName} · {brand.supportEmail}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
