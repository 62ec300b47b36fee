/** Where Siro's guide, or its customers, report another shape than its OpenAPI documents. */
export interface AnswerShapes {
	/** `GET /v1/core/recordings/{id}`: flat in the documents, `{data}` in the guide. */
	recording?: 'flat' | 'data';
	/** `GET …/summaries`: an array in the documents, `{data: […]}` in the guide. */
	summaries?: 'array' | 'data';
	/** `GET /v1/core/mobile-events`: a list of lists in the documents, which is hard to believe. */
	mobileEvents?: 'nested' | 'flat';
	/** The id of a new OAuth app: `clientID` in the documents, `clientId` also in the guide. */
	oauthApp?: 'clientID' | 'clientId';
}

/** Changes answers into the shapes asked for; a conforming answer goes in. */
export function shapeOf(shapes: AnswerShapes) {
	return (operationId: string, body: unknown): unknown => {
		const wrapped =
			(operationId === 'getRecording' && shapes.recording === 'data') ||
			(operationId === 'listSummaries' && shapes.summaries === 'data');
		if (wrapped) return { data: body };
		if (operationId === 'listMobileEvents' && shapes.mobileEvents === 'flat' && isPage(body)) {
			return { ...body, data: body.data.flat() };
		}
		if (operationId === 'createOAuthApp' && shapes.oauthApp === 'clientId' && isNewApp(body)) {
			const { clientID, ...rest } = body;
			return { ...rest, clientId: clientID };
		}
		return body;
	};
}

const isPage = (body: unknown): body is { data: unknown[][] } =>
	typeof body === 'object' && body !== null && 'data' in body && Array.isArray(body.data);

const isNewApp = (body: unknown): body is { clientID: string } =>
	typeof body === 'object' && body !== null && 'clientID' in body;
