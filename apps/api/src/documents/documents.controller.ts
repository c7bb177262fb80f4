import { Controller, Inject } from '@nestjs/common';
import { documentRoutes } from '@repo/contracts/documents';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { Endpoint, FromCall, type Call } from '../platform/endpoint.js';
import { completeUpload } from './complete-upload.js';
import { createDocument } from './create-document.js';
import { downloadDocument } from './download-document.js';
import { getDocument } from './get-document.js';
import { listDocuments } from './list-documents.js';
import { readContent } from './read-content.js';
import { removeDocument } from './remove-document.js';
import { renameDocument } from './rename-document.js';
import { reprocessDocument } from './reprocess-document.js';

type Routes = typeof documentRoutes;

@Controller()
export class DocumentsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: Dependencies) {}

  @Endpoint(documentRoutes.create)
  create(@FromCall() call: Call<Routes['create']>) {
    return createDocument(this.dependencies, call);
  }

  @Endpoint(documentRoutes.complete)
  complete(@FromCall() call: Call<Routes['complete']>) {
    return completeUpload(this.dependencies, call);
  }

  @Endpoint(documentRoutes.list)
  list(@FromCall() call: Call<Routes['list']>) {
    return listDocuments(this.dependencies, call);
  }

  @Endpoint(documentRoutes.get)
  get(@FromCall() call: Call<Routes['get']>) {
    return getDocument(this.dependencies, call);
  }

  @Endpoint(documentRoutes.update)
  update(@FromCall() call: Call<Routes['update']>) {
    return renameDocument(this.dependencies, call);
  }

  @Endpoint(documentRoutes.remove)
  remove(@FromCall() call: Call<Routes['remove']>) {
    return removeDocument(this.dependencies, call);
  }

  @Endpoint(documentRoutes.content)
  content(@FromCall() call: Call<Routes['content']>) {
    return readContent(this.dependencies, call);
  }

  @Endpoint(documentRoutes.download)
  download(@FromCall() call: Call<Routes['download']>) {
    return downloadDocument(this.dependencies, call);
  }

  @Endpoint(documentRoutes.reprocess)
  reprocess(@FromCall() call: Call<Routes['reprocess']>) {
    return reprocessDocument(this.dependencies, call);
  }
}
