package reported

import "fener/internal/page"

// seriesEmbed is the chart that other sites may show in a frame. It has no navigation, no script and no cookie, names its source and leads back.
var seriesEmbed = page.EmbedPage("embed/reported/{indicator}", seriesPicture)
