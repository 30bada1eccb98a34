const viewer = document.querySelector('anjuan-viewer');
const link = new URLSearchParams(location.search);
const documentIds = link.get('documents').split(',');
const token = link.get('token');
document.querySelector('anjuan-provider').getToken = () => token;

globalThis.bench = {
  open: () => void viewer.openRecord({ recordId: link.get('record') }),
  jump: ({ documentIndex, pageInDocument }) =>
    viewer.goToDocument(documentIds[documentIndex], { pageNumber: pageInDocument }),
  openDocument: ({ documentIndex }) => viewer.goToDocument(documentIds[documentIndex]),
  pageBoxes: () =>
    [...viewer.shadowRoot.querySelectorAll('.page')].map((page) => page.getBoundingClientRect().toJSON()),
};
