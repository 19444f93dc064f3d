package nl.ketenpoort.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.localstack.server.Distribution;

/** The archive as it was built, in the server it ships for. */
@ExtendWith(ArquillianExtension.class)
class ShippedEarIT {

    private static final String EAR = "gateway";
    private static final int NOT_FOUND = 404;
    private static final int FAULT = 500;
    private static final int OK = 200;

    @Deployment(name = EAR, managed = false, testable = false)
    static EnterpriseArchive ear() {
        Path built = Distribution.checkout().resolve("gateway-ear/ear-assembly/target/gateway.ear");
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, built.toFile());
    }

    @ArquillianResource
    private Deployer deployer;

    @Test
    void theEarDeploysTellsItsInterfaceAndLeavesNothingBehindTwice() throws Exception {
        for (int time = 1; time <= 2; time++) {
            deployer.deploy(EAR);
            try {
                assertThat(get("/ketenpoort/v1/berichten?wsdl").body()).contains("profiel-2W-be-SE")
                        .contains("toestemmingIntrekken");
                assertThat(get("/ketenpoort/envelope/v1/envelop.xsd").statusCode()).isEqualTo(OK);
                assertThat(get("/ketenpoort/v1/berichten").statusCode()).isEqualTo(NOT_FOUND);
            } finally {
                deployer.undeploy(EAR);
            }
            assertThat(get("/ketenpoort/v1/berichten?wsdl").statusCode()).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void whatIsNoMessageGetsAFaultWithACodeAndNoNameOfAClass() throws Exception {
        deployer.deploy(EAR);
        try {
            var answer = post("/ketenpoort/v1/berichten", "<geen>bericht</geen>");

            assertThat(answer.statusCode()).isEqualTo(FAULT);
            assertThat(answer.body()).contains("KP-1108").contains("Signature").doesNotContain("nl.ketenpoort.")
                    .doesNotContain("org.apache");
        } finally {
            deployer.undeploy(EAR);
        }
    }

    @Test
    void aWrongConfigurationStopsTheDeploymentAndSaysWhatToDo() throws Exception {
        var server = ServerOfTheRun.stack().server();
        server.manage("/system-property=ketenpoort.policies.directory:add(value=/nowhere)");
        try {
            assertThatThrownBy(() -> deployer.deploy(EAR))
                    .hasStackTraceContaining("ketenpoort.policies.directory is not a folder");
        } finally {
            server.manage("/system-property=ketenpoort.policies.directory:write-attribute(name=value, value="
                    + Distribution.checkout().resolve("policies") + ")");
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client().send(HttpRequest.newBuilder(address(path)).GET().build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return client().send(HttpRequest.newBuilder(address(path)).header("Content-Type", "text/xml;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("https://localhost:" + ServerOfTheRun.stack().server().partnersPort() + path);
    }

    private static HttpClient client() throws GeneralSecurityException, IOException {
        var certificates = ServerOfTheRun.stack().certificates();
        var partner = certificates.partner("00000099000000010000", "Politie").tls();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(partner.keyStore(), partner.password().toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates.trustStore());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
