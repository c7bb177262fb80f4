import { Controller, Inject } from '@nestjs/common';
import { searchRoutes } from '@repo/contracts/search';
import { readCapabilities } from '@repo/database/capabilities';
import { lexemeFrequencies } from '@repo/database/repositories/search';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { Endpoint, FromCall, type Call } from '../platform/endpoint.js';
import { createLexemeFrequencyCache } from './lexeme-frequencies.js';
import { createPassageCounts } from './passage-counts.js';
import { rememberAnswer } from './remember-answer.js';
import { createSearchAdmission } from './search-admission.js';
import { searchDocuments, type SearchDependencies } from './search-documents.js';

@Controller()
export class SearchController {
  private readonly search: SearchDependencies;

  constructor(@Inject(DEPENDENCIES) dependencies: Dependencies) {
    const { database, embedder, logger } = dependencies;
    this.search = {
      database,
      embedder,
      logger,
      admission: createSearchAdmission({ maxRunning: 3, maxWaiting: 30, maxWaitMs: 2_000 }),
      frequencies: createLexemeFrequencyCache({ read: () => lexemeFrequencies(database.pool), logger, refreshMs: 60 * 60_000 }),
      capabilities: rememberAnswer(() => readCapabilities(database)),
      passageCount: createPassageCounts(database.pool),
    };
  }

  @Endpoint(searchRoutes.search)
  find(@FromCall() call: Call<typeof searchRoutes.search>) {
    return searchDocuments(this.search, call);
  }
}
